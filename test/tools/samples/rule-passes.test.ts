import { rulePasses } from '../../../tools/samples/rule-passes';

const names = (rules: readonly (readonly { readonly record?: string }[])[]) =>
  rules.map((pass) => pass.map(({ record }) => record));

describe('rulePasses', () => {
  it('puts a rule after all that it reads, wherever they stand', () => {
    const rules = [
      { record: 'l:c', expr: 'l:b / 2' },
      { record: 'l:a', expr: 'rate(a[5m])' },
      { record: 'l:b', expr: 'l:a + l:d' },
      { record: 'l:d', expr: 'd' },
    ];

    expect(names(rulePasses(rules))).toEqual([['l:a', 'l:d'], ['l:b'], ['l:c']]);
  });

  it('lets a rule read what others above it record under its own name', () => {
    const rules = [
      { record: 'l:a', expr: 'a' },
      { record: 'l:a', expr: 'b unless l:a' },
      { record: 'l:a', expr: 'c unless l:a' },
    ];

    expect(rulePasses(rules).map((pass) => pass.map(({ expr }) => expr))).toEqual(
      rules.map(({ expr }) => [expr]),
    );
  });

  it('says which rules wait for each other', () => {
    const rules = [
      { record: 'l:a', expr: 'l:b' },
      { record: 'l:b', expr: 'l:a' },
    ];

    expect(() => rulePasses(rules)).toThrow('these rules wait for each other: l:a, l:b');
  });
});
