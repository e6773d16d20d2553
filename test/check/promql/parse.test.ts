import { parsePromql } from '../../../check/promql/parse';

function messages(text: string): string[] {
  return parsePromql(text).errors.map(({ message }) => message);
}

describe('parsePromql', () => {
  // Each of these was held against promtool 3.14.
  it.each([
    'a + b offset 5m',
    'sum by (le, model) (rate(x_bucket[5m]))',
    'histogram_quantile(0.95, sum(rate(x_bucket[5m])) by (le))',
    'rate(x[5m] offset -1d) / on (a) group_left (b) y',
    'topk(3, x) > bool 1',
    '-x ^ 2',
    'x{a=~"5..", b!~`\\d+`, "utf8.name"="c",}',
    '{"my.metric", a="b"}',
    'avg_over_time((rate(x[5m]))[1h:1m])',
    'x @ start() and on () vector(1)',
    'time() - 1_000 + 0x1f + 1e3 + Inf',
    'x[5m+1m]',
    '# a comment\nx # another',
    'absent(x{a="\\u00e9"})',
    'round(x)',
    'label_join(x, "a", ",", "b", "c", "d")',
    'hour()',
    'count_values("version", x)',
  ])('accepts %j', (text) => {
    expect(messages(text)).toEqual([]);
  });

  it.each([
    ['', 'the expression is empty'],
    ['sum(x', 'the expression ends too early'],
    ['rate(x[5m)', '")" is not expected here'],
    ['fooz(x)', 'the function "fooz" is not known'],
    ['x = 1', '"=" is not expected here'],
    ['rate(x)', 'rate() takes a range vector, not an instant vector'],
    ['abs(x[5m])', 'abs() takes an instant vector, not a range vector'],
    ['clamp(x, 1)', 'clamp() takes 3 arguments, not 2'],
    ['round()', 'round() takes 1 to 2 arguments, not 0'],
    ['label_join(x, "a")', 'label_join() takes at least 3 arguments, not 2'],
    ['topk(x)', 'topk takes a parameter and a vector'],
    ['sum(1, x)', 'sum takes one vector'],
    ['limitk(1, x)', 'limitk is experimental'],
    ['mad_over_time(x[5m])', 'mad_over_time() is experimental'],
    ['1 > 2', 'two numbers are compared without bool'],
    ['x + bool y', 'bool may only follow a comparison'],
    ['x and 5', '"and" takes instant vectors, not a number'],
    ['x[5m] + 1', '"+" takes numbers and instant vectors, not a range vector'],
    ['-x[5m]', '"-" takes an instant vector, not a range vector'],
    ['a / on (x) 5', 'vector matching needs an instant vector on both sides'],
    ['a and on (x) group_left b', 'group_left may not be used with "and"'],
    ['a / on (x) group_left (x) b', '"x" stands in on() and in group_left()'],
    ['a or fill(0) b', 'fill modifiers are experimental'],
    ['sum(x) offset 5m', '"offset" may only follow a selector, a range or a subquery'],
    ['x offset 5m [5m]', 'a range must stand before offset and @'],
    ['sum(x)[5m]', 'a range may only follow a selector'],
    ['(x[5m])[5m:1m]', 'a subquery takes an instant vector, not a range vector'],
    ['x[0s]', 'a range of 0s holds nothing'],
    ['x[-5m]', 'a range of -5m holds nothing'],
    ['x > 300and y', '"300and" is not a number'],
    ['x{a="5\\d"}', 'PromQL does not know the escape \\d'],
    ['"b', 'the string has no closing quote'],
    ['{a=~".*"}', 'a selector without a name needs one matcher that refuses the empty string'],
    ['{}', 'a selector without a name needs one matcher that refuses the empty string'],
    ['x{__name__="y"}', 'the metric is named twice'],
    ['x{"y"}', 'the metric is named twice'],
  ])('refuses %j', (text, message) => {
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
