import { mutantsOf } from '../../../tools/mutation/mutant';

const alert = {
  alert: 'TooMany',
  expr: 'a > 1',
  for: '5m',
  keep_firing_for: '10m',
  labels: { severity: 'critical' },
};

const mutants = mutantsOf(
  [{ name: 'x-y.yaml', path: 'x/y.yaml', document: { groups: [{ name: 'g', rules: [alert, alert] }] } }],
  () => undefined,
);

describe('mutantsOf', () => {
  it('changes the waiting times and the severity of an alert', () => {
    const fields = mutants.slice(0, 9).filter(({ operator }) => /for|label/.test(operator));

    expect(fields.map(({ changed }) => [changed.for, changed.keep_firing_for, changed.labels])).toEqual([
      ['2m', '10m', { severity: 'critical' }],
      ['10m', '10m', { severity: 'critical' }],
      ['5m', '5m', { severity: 'critical' }],
      ['5m', '15m', { severity: 'critical' }],
      ['5m', '10m', { severity: 'warning' }],
    ]);
  });

  it('gives each change a name of its own, also where two rules are alike', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    expect(mutants.filter(({ id }) => id.startsWith('x/y.yaml TooMany: for 5m -> 2m'))).toMatchObject([
      { id: 'x/y.yaml TooMany: for 5m -> 2m', place: ['x-y.yaml', 0, 0] },
      { id: 'x/y.yaml TooMany: for 5m -> 2m #2', place: ['x-y.yaml', 0, 1] },
    ]);
  });
});
