import { questionsOf } from '../../../tools/samples/questions';

describe('questionsOf', () => {
  it.each([
    ['a > 0.05', ['a']],
    ['3 < a', ['a']],
    ['a == bool 1', ['a']],
    ['sum by (x) (rate(a[5m]) > 0) / (b > 2 * 3)', ['sum by (x) (rate(a[5m])) / (b)']],
    ['a > on (x) group_left () b', ['(a - on (x) group_left () b)']],
    ['a > 1 and b >= 20', ['a and b']],
    ['a > 1 unless on (x) b == 1', ['a', 'a and on (x) b']],
    ['absent(up{job="a"})', ['up{job="a"}']],
    ['absent_over_time(up[5m]) == 1', ['last_over_time(up[5m])']],
    ['sum(a) or vector(0)', ['sum(a)']],
    ['a or 0 * b', ['a or 0 * b']],
    ['time() - max(a) > 60', ['time() - max(a)']],
  ])('strips %s', (text, questions) => {
    expect(questionsOf(text)).toEqual(questions);
  });

  it('refuses what is no PromQL', () => {
    expect(() => questionsOf('a >')).toThrow('not PromQL: a >');
  });
});
