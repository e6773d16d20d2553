import { boundedLabels } from '../../../instrumentation/metrics/bounded-labels';
import { bounded } from '../../../instrumentation/metrics/metric-types';

describe('labels within their bounds', () => {
  it('keep as many values as they may have, the rest as "other"', () => {
    const within = boundedLabels({ model: bounded(3) });
    const models = ['a', 'b', 'c', 'd', 'a'].map((model) => within({ model })['model']);
    expect(models).toEqual(['a', 'b', 'other', 'other', 'a']);
  });

  it('leave closed labels as they are', () => {
    const within = boundedLabels({ status: ['success', 'error'], domain: bounded(2) });
    within({ status: 'success', domain: 'one' });
    expect(within({ status: 'error', domain: 'two' })).toEqual({ status: 'error', domain: 'other' });
  });

  it('keep the one value of a label that may have one', () => {
    expect(boundedLabels({ version: bounded(1) })({ version: '1.0.0' })).toEqual({ version: '1.0.0' });
  });
});
