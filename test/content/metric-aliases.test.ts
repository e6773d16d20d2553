import { yamlFile } from '../../content/content';
import { aliasesByJob } from '../../content/metric-aliases';

const contractOf = (job: string, metrics: string) =>
  yamlFile(`metrics/${job}.yaml`, `producer: p\njob: ${job}\ntargetLabels: []\nmetrics:\n${metrics}`);
const metric = (name: string, type: string, aliases = '[]') =>
  `  - { name: ${name}, type: ${type}, unit: seconds, help: Help, aliases: ${aliases}, confirmed: { by: engine, source: a test } }\n`;

describe('aliasesByJob', () => {
  it('gives each alias with what follows its name in storage', () => {
    const file = contractOf(
      'rag-api',
      metric('a_seconds', 'histogram', '[old_a]') +
        metric('b', 'gauge', '[old_b, older_b]') +
        metric('c', 'summary', '[old_c]') +
        metric('d', 'counter'),
    );

    expect(aliasesByJob([file]).get('rag-api')).toEqual([
      { name: 'old_a', canonical: 'a_seconds', suffixes: ['_bucket', '_sum', '_count'] },
      { name: 'old_b', canonical: 'b', suffixes: [''] },
      { name: 'older_b', canonical: 'b', suffixes: [''] },
      { name: 'old_c', canonical: 'c', suffixes: ['', '_sum', '_count'] },
    ]);
  });

  it('puts together what two contracts say of one job, and apart what is of another', () => {
    const files = [
      contractOf('agent-api', metric('a', 'gauge', '[old_a]')),
      contractOf('agent-api', metric('b', 'gauge', '[old_b]')),
      contractOf('rag-api', metric('c', 'gauge', '[old_c]')),
    ];

    expect([...aliasesByJob(files)].map(([job, found]) => [job, found.map(({ name }) => name)])).toEqual([
      ['agent-api', ['old_a', 'old_b']],
      ['rag-api', ['old_c']],
    ]);
  });

  it('has nothing for a contract without aliases and for a file that is none', () => {
    const files = [contractOf('rag-api', metric('a', 'gauge')), yamlFile('metrics/x.yaml', 'job: x\n')];

    expect(aliasesByJob(files).size).toBe(0);
  });
});
