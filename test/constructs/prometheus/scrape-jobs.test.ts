import { scrapeJobs, type ScrapeJobsOptions } from '../../../constructs/prometheus/scrape-jobs';
import { aComponent } from '../../support/component';

const blackbox = aComponent({ name: 'blackbox-exporter', metrics: { port: 'http' } });
const options: ScrapeJobsOptions = {
  applications: [{ name: 'rag-api', metricsPort: 8000 }],
  namespaces: { monitoring: 'monitoring', agents: 'agents', application: ['prod'] },
  network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.1.0/24'] },
  scrape: {},
  components: [blackbox],
};
const service = { namespaces: ['agents'], matchLabels: { app: 'x' }, port: 'metrics', targetPort: 1 };
const names = (changes: Partial<ScrapeJobsOptions>) =>
  scrapeJobs({ ...options, ...changes }).map(({ name }) => name);

describe('scrapeJobs', () => {
  it('scrapes the application, annotated pods, the cluster and every component by default', () => {
    expect(names({})).toEqual([
      'rag-api',
      'kubernetes-pods',
      'kubelet',
      'cadvisor',
      'apiserver',
      'blackbox-exporter',
    ]);
  });

  it('leaves annotated pods alone where the environment says so', () => {
    expect(names({ scrape: { annotatedPods: false } })).not.toContain('kubernetes-pods');
  });

  it('adds what the environment names', () => {
    expect(
      names({
        scrape: {
          services: [{ job: 'agents-integration', ...service }],
          static: [{ job: 'backend', targets: ['a:1'], cidrs: ['10.0.0.0/8'] }],
          probes: ['https://rag.example.org/'],
          federation: [{ job: 'federate', target: 'b:2', match: ['up'], cidrs: ['10.0.0.0/8'] }],
        },
      }),
    ).toEqual(expect.arrayContaining(['agents-integration', 'backend', 'blackbox', 'federate']));
  });

  it('hands the sample limit to every job whose targets are not the stack’s', () => {
    const jobs = scrapeJobs({
      ...options,
      applicationSampleLimit: 7,
      scrape: {
        services: [{ job: 's', ...service }],
        static: [{ job: 't', targets: ['a:1'], cidrs: ['10.0.0.0/8'] }],
      },
    });
    const limited = jobs.filter(({ config }) => config.sample_limit === 7).map(({ name }) => name);
    expect(limited).toEqual(['rag-api', 'kubernetes-pods', 's', 't']);
  });

  it('tells the kubelet jobs when kubelets sign their own certificates', () => {
    const skipped = scrapeJobs({ ...options, skipKubeletVerify: true }).filter(
      ({ config }) => config.tls_config?.insecure_skip_verify === true,
    );
    expect(skipped.map(({ name }) => name)).toEqual(['kubelet', 'cadvisor']);
    expect(scrapeJobs(options).some(({ config }) => config.tls_config?.insecure_skip_verify === true)).toBe(
      false,
    );
  });

  it('refuses probes where nothing probes', () => {
    expect(() =>
      scrapeJobs({ ...options, components: [], scrape: { probes: ['https://a.example'] } }),
    ).toThrow(
      'scrape.probes: URLs to probe, but no component "blackbox-exporter"; allowed: probes only where the blackbox exporter is deployed; mend: deploy the blackbox exporter, or remove the probes',
    );
  });

  it('refuses two jobs of one name', () => {
    const applications = [{ name: 'kubelet', metricsPort: 1 }];
    expect(() => scrapeJobs({ ...options, applications })).toThrow(
      'scrape job kubelet: two jobs named "kubelet"; allowed: a name of its own for each job; mend: rename the job that the environment adds, or the service of the application',
    );
  });
});
