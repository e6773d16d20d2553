import { parsePromql } from '../../../check/promql/parse';
import { accepted, refused } from '../../support/promql-cases';

function messages(text: string): string[] {
  return parsePromql(text).errors.map(({ message }) => message);
}

describe('parsePromql', () => {
  it.each(accepted)('accepts %j', (text) => {
    expect(messages(text)).toEqual([]);
  });

  it.each(refused)('refuses %j', (text, message) => {
    expect(messages(text)[0]).toBe(message);
  });

  it('says why RE2 refuses a pattern', () => {
    expect(messages('x{a=~"(?=b)"}')[0]).toMatch(/^the pattern of "a" is not RE2: /);
  });

  it('points at the place of the error', () => {
    expect(parsePromql('sum(rat(x[5m]))').errors).toEqual([
      { from: 4, to: 7, message: 'the function "rat" is not known', hint: 'did you mean "rad"?' },
    ]);
  });

  it('binds what follows an operand before any operator, and a sign after a power', () => {
    const sum = parsePromql('a + b offset 5m').expr;
    const power = parsePromql('-1 ^ 2').expr;

    expect(sum).toMatchObject({ kind: 'binary', right: { kind: 'selector', modified: true } });
    expect(power).toMatchObject({ kind: 'unary', inner: { kind: 'binary' } });
  });

  it('binds powers to the right and all else to the left', () => {
    expect(parsePromql('a ^ b ^ c').expr).toMatchObject({
      left: { kind: 'selector' },
      right: { kind: 'binary' },
    });
    expect(parsePromql('a - b - c').expr).toMatchObject({
      left: { kind: 'binary' },
      right: { kind: 'selector' },
    });
    expect(parsePromql('a or b and c').expr).toMatchObject({
      op: { name: 'or' },
      right: { op: { name: 'and' } },
    });
  });

  it('reads ranges in seconds', () => {
    expect(parsePromql('x[1h30m]').expr).toMatchObject({ kind: 'matrix', range: 5400 });
    expect(parsePromql('x[300]').expr).toMatchObject({ kind: 'matrix', range: 300 });
  });
});
