import { ENVIRONMENTS, modelOf, repositoryContent } from '../support/rendered';

const text = repositoryContent()
  .rules.map((file) => file.text)
  .join('\n');
const watched = [...text.matchAll(/absent\(up\{job="([^"]*)"\}\)/g)].map(([, job = '']) => job);

/** Jobs of the stack itself: programs that it deploys and what Kubernetes brings. */
function ownJobs(environment: string): readonly string[] {
  return modelOf(environment)
    .jobs.filter(({ kind }) => ['component', 'kubelet', 'cadvisor', 'api-server'].includes(kind))
    .map(({ name }) => name);
}

/** Names in `deployment=~"..."` of the alert on exporters that an environment may lack. */
function optionalExporters(): readonly string[] {
  const [, names = ''] = /deployment=~"([^"]*)", namespace=~"\$\{namespaces\.stack\}"/.exec(text) ?? [];
  return names.split('|');
}

describe('alerts on absent jobs', () => {
  it.each(ENVIRONMENTS)('look for no job that %s lacks, where it would fire for ever', (environment) => {
    const names = modelOf(environment).jobs.map(({ name }) => name);

    expect(watched.length).toBeGreaterThan(0);
    expect(watched.filter((job) => !names.includes(job))).toEqual([]);
  });

  it('look for every job of the stack that all environments have', () => {
    const everywhere = ENVIRONMENTS.map(ownJobs).reduce((jobs, others) =>
      jobs.filter((job) => others.includes(job)),
    );

    expect(everywhere.filter((job) => !watched.includes(job))).toEqual([]);
  });

  it('ask Kubernetes about every program that only some environments have', () => {
    const optional = [...new Set(ENVIRONMENTS.flatMap(ownJobs))].filter((job) => !watched.includes(job));

    expect(optional.length).toBeGreaterThan(0);
    expect(optional.filter((job) => !optionalExporters().includes(job))).toEqual([]);
  });
});
