import { bounded } from '../../../instrumentation/metrics/metric-types';
import { startingSets } from '../../../instrumentation/metrics/starting-sets';

describe('the label sets that a metric begins with', () => {
  const specs = { model: bounded(5), type: ['input', 'output'] };

  it('are every combination of closed labels', () => {
    const sets = startingSets({ cache: ['a', 'b'], result: ['hit', 'miss'] }, undefined);
    expect(sets.map(({ cache, result }) => `${String(cache)} ${String(result)}`)).toEqual([
      'a hit',
      'a miss',
      'b hit',
      'b miss',
    ]);
  });

  it('fill in the closed labels of the sets that are given', () => {
    expect(startingSets(specs, [{ model: 'x' }])).toEqual([
      { model: 'x', type: 'input' },
      { model: 'x', type: 'output' },
    ]);
  });

  it('are none where an open label has no value, or the metric begins with its first event', () => {
    expect(startingSets(specs, undefined)).toEqual([]);
    expect(startingSets({ type: ['a'] }, 'absent')).toEqual([]);
  });

  it('are one set without labels for a metric that has none', () => {
    expect(startingSets({}, undefined)).toEqual([{}]);
  });
});
