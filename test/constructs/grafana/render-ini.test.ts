import { renderIni } from '../../../constructs/grafana/render-ini';

describe('renderIni', () => {
  it('writes sections with their keys', () => {
    expect(renderIni({ a: { b: 'c', d: true }, e: { f: 1 } })).toBe('[a]\nb = c\nd = true\n\n[e]\nf = 1\n');
  });

  it.each(['a#b', 'a;b'])('quotes %s, which would end in a comment', (value) => {
    expect(renderIni({ a: { b: value } })).toContain(`b = """${value}"""`);
  });

  it('refuses a value that would begin a line of its own', () => {
    expect(() => renderIni({ a: { b: 'c\nd = e' } })).toThrow('a.b: an ini value must stand on one line');
  });
});
