import { applyDifferences } from '../../../tools/contract/apply';
import type { Difference } from '../../../tools/contract/differences';

const TEXT = `# A comment that stays.
producer: worker
metrics:
  - name: jobs_total
    type: gauge
    unit: jobs
    help: Jobs done.
    labels:
      # Queues are few.
      queue: bounded(9)
      state: [good, bad]
    confirmed: { by: engine, source: 'Worker 1.2.3' }
  - name: waiting
    type: gauge
    unit: jobs
    help: Jobs that wait.
    confirmed: { by: engine, source: 'Worker 1.2.3' }
`;

function applied(...found: readonly Difference[]): string {
  return applyDifferences(TEXT, found);
}

describe('taking over what a program says', () => {
  it('changes type, meaning and version in place, and nothing else', () => {
    const text = applied(
      { kind: 'help', metric: 'waiting', contract: 'Jobs that wait.', program: 'Waiting: jobs.' },
      { kind: 'type', metric: 'jobs_total', contract: 'gauge', program: 'counter' },
      { kind: 'source', metric: 'waiting', contract: 'Worker 1.2.3', program: 'Worker 2.0.0' },
    );

    expect(text).toBe(
      TEXT.replace('type: gauge', 'type: counter')
        .replace('help: Jobs that wait.', "help: 'Waiting: jobs.'")
        .replace(/Worker 1\.2\.3'(?= }\n$)/, "Worker 2.0.0'"),
    );
  });

  it('adds and removes labels, with a bound that a person must look at', () => {
    const text = applied({
      kind: 'labels',
      metric: 'jobs_total',
      contract: ['queue', 'state'],
      program: ['host', 'queue'],
    });

    expect(text).toBe(TEXT.replace('      state: [good, bad]\n', '      host: bounded(1)\n'));
  });

  it('adds the first label below the meaning, and removes the block with the last', () => {
    const first = applied({ kind: 'labels', metric: 'waiting', contract: [], program: ['queue'] });
    const last = applied({ kind: 'labels', metric: 'jobs_total', contract: ['queue', 'state'], program: [] });

    expect(first).toBe(
      TEXT.replace(
        'help: Jobs that wait.\n',
        'help: Jobs that wait.\n    labels:\n      queue: bounded(1)\n',
      ),
    );
    expect(last).not.toMatch(/labels|queue/);
  });

  it('leaves to a person what is gone, and values and ranges', () => {
    expect(
      applied(
        { kind: 'gone', metric: 'waiting' },
        { kind: 'value', metric: 'jobs_total', label: 'state', program: 'ugly' },
        { kind: 'count', metric: 'jobs_total', label: 'queue', program: 10 },
        { kind: 'range', metric: 'waiting', program: -1 },
      ),
    ).toBe(TEXT);
  });
});
