import { parse } from 'yaml';
import { metricContractSchema } from '../../../content/metric-contract';
import {
  differences,
  differenceText,
  notInContract,
  sourceDifferences,
} from '../../../tools/contract/differences';
import { readExposition } from '../../../tools/contract/exposition';

function contractWith(fields: object) {
  return metricContractSchema.parse({
    producer: 'worker',
    job: 'worker',
    targetLabels: [],
    metrics: [
      {
        name: 'jobs_total',
        type: 'counter',
        unit: 'jobs',
        help: 'Jobs done.',
        labels: parse('{ queue: bounded(2), state: [good, bad] }') as object,
        confirmed: { by: 'engine', source: 'Worker 1.2.3' },
        ...fields,
      },
    ],
  });
}

const GOOD = `
# HELP jobs_total Jobs done.
# TYPE jobs_total counter
jobs_total{queue="a",state="good"} 1
jobs_total{queue="b",state="bad"} 2
`;

/** Differences of a program that exposes this, in words. */
function told(text: string, fields: object = {}): string[] {
  return differences(contractWith(fields), readExposition(text)).map(differenceText);
}

describe('a contract and its program', () => {
  it('agree where name, type, meaning, labels, values and range do', () => {
    expect(told(GOOD, { range: [0, 'inf'] })).toEqual([]);
  });

  it('differ where a metric is gone, unless it waits for a first event', () => {
    expect(told('')).toEqual(['jobs_total is gone']);
    expect(told('# TYPE jobs_total counter')).toEqual(['jobs_total is gone']);
    expect(told('', { absentUntilFirst: true })).toEqual([]);
  });

  it('differ by type', () => {
    expect(told(GOOD.replace('total counter', 'total gauge'))).toEqual(['jobs_total is a gauge, no counter']);
  });

  it('do not differ where the program has no type for it', () => {
    expect(told(GOOD.replace('total counter', 'total untyped'))).toEqual([]);
    expect(told(GOOD.replace('total counter', 'total gauge'), { type: 'info' })).toEqual([]);
  });

  it('differ by meaning, marks of stability and words that only repeat the name left aside', () => {
    expect(told(GOOD.replace('Jobs done.', 'Jobs begun.'))).toEqual([
      'jobs_total means "Jobs begun.", where the contract has "Jobs done."',
    ]);
    for (const help of [
      '[STABLE] Jobs done.',
      'EXPERIMENTAL: [ALPHA] Jobs done.',
      '[STABLE] [DEPRECATED, use another] Jobs done.',
      'Jobs done. [Development]',
      'Statistic JobsTotal.',
      'Network device statistic jobs_total.',
      '',
    ]) {
      expect(told(GOOD.replace('Jobs done.', help))).toEqual([]);
    }
  });

  it('differ by labels', () => {
    expect(told(GOOD.replaceAll('state=', 'outcome='))).toEqual([
      'jobs_total has the labels outcome, queue, where the contract has queue, state',
    ]);
    expect(told(GOOD, { labels: {} })).toEqual([
      'jobs_total has the labels queue, state, where the contract has none',
    ]);
  });

  it('differ by values of labels and by their number', () => {
    expect(told(GOOD.replace('bad', 'ugly'))).toEqual([
      'jobs_total has state="ugly", which the contract does not allow',
    ]);
    expect(told(`${GOOD}jobs_total{queue="c",state="good"} 1`)).toEqual([
      'jobs_total has 3 values of queue, more than the contract allows',
    ]);
    expect(told(GOOD, { labels: { queue: 'const', state: 'enum(2)' } })).toEqual([
      'jobs_total has 2 values of queue, more than the contract allows',
    ]);
  });

  it('differ by a value outside the range', () => {
    expect(told(GOOD, { range: [0, 1] })).toEqual(["jobs_total is 2, outside the contract's range"]);
    expect(told(GOOD, { range: [2, 'inf'] })).toEqual(["jobs_total is 1, outside the contract's range"]);
  });

  it('differ by version where a program confirms, and never where documentation does', () => {
    const of = (by: string) => contractWith({ confirmed: { by, source: 'Worker 1.2.3' } });

    expect(sourceDifferences(of('engine'), '1.3.0').map(differenceText)).toEqual([
      'jobs_total is confirmed by Worker 1.2.3, and Worker 1.3.0 runs here',
    ]);
    expect(sourceDifferences(of('engine'), '1.2.3')).toEqual([]);
    expect(sourceDifferences(of('documentation'), '1.3.0')).toEqual([]);
  });

  it('leaves names over that the contract does not have', () => {
    expect(notInContract(readExposition(`${GOOD}b 1\na 1`), [contractWith({})])).toEqual(['a', 'b']);
  });
});
