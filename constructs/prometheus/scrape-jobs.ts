import type { AliasesByJob } from '../../content/metric-aliases';
import type { Application, ClusterNetwork, Namespaces, ScrapeSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import { federation, staticTargets } from './address-jobs';
import { annotatedPods, applicationPods } from './application-jobs';
import { componentJobs } from './component-jobs';
import { apiServerTargets, cAdvisor, kubelet } from './kubernetes-jobs';
import { blackboxProbes } from './probe-job';
import type { ScrapeJob, ScrapedComponent } from './scrape-job';
import { serviceTargets } from './service-jobs';

/** Name of the component that probes URLs. */
export const PROBER = 'blackbox-exporter';

/** What all scrape jobs of an environment follow from. */
export interface ScrapeJobsOptions {
  readonly applications: readonly Application[];
  readonly namespaces: Namespaces;
  readonly network: ClusterNetwork;
  readonly scrape: ScrapeSettings;
  /** Everything that the stack deploys, Prometheus included; what has metrics is scraped. */
  readonly components: readonly ScrapedComponent[];
  /** Old names of metrics by the service whose they are. @default - none */
  readonly aliases?: AliasesByJob;
  /** Samples of one scrape of a target that is not the stack's. @default 20000 */
  readonly applicationSampleLimit?: number;
  /** Kubelets have self-signed certificates, as on kind and minikube. @default false */
  readonly skipKubeletVerify?: boolean;
}

/**
 * All scrape jobs of an environment.
 *
 * @throws ConfigError if a job selects nothing that the stack deploys or the environment names, or two share a name
 */
export function scrapeJobs(options: ScrapeJobsOptions): readonly ScrapeJob[] {
  const { applications, network, scrape, components } = options;
  const limits = { sampleLimit: options.applicationSampleLimit };
  const of = (service: string | undefined) => ({
    ...limits,
    aliases: service === undefined ? [] : options.aliases?.get(service),
  });
  const pods = { ...limits, namespaces: options.namespaces.application };
  const allowedNamespaces = [
    ...options.namespaces.application,
    options.namespaces.monitoring,
    options.namespaces.agents,
  ];
  const kubelets = { network, skipVerify: options.skipKubeletVerify };
  const probes = scrape.probes ?? [];
  const jobs = [
    ...applications.map((application) => applicationPods({ ...pods, ...of(application.name), application })),
    ...(scrape.annotatedPods === false ? [] : [annotatedPods({ ...pods, applications })]),
    ...(scrape.services ?? []).map((target) =>
      serviceTargets(target, { ...of(target.application), allowedNamespaces }),
    ),
    ...(scrape.static ?? []).map((target) => staticTargets(target, of(target.application))),
    ...(probes.length === 0 ? [] : [blackboxProbes(probes, prober(components))]),
    ...(scrape.federation ?? []).map(federation),
    kubelet(kubelets),
    cAdvisor(kubelets),
    apiServerTargets(network),
    ...componentJobs(components),
  ];
  requireUniqueNames(jobs);
  return jobs;
}

function prober(components: readonly ScrapedComponent[]): ScrapedComponent {
  const found = components.find(({ name }) => name === PROBER);
  if (found !== undefined) return found;
  throw new ConfigError({
    where: 'scrape.probes',
    found: `URLs to probe, but no component "${PROBER}"`,
    allowed: 'probes only where the blackbox exporter is deployed',
    mend: 'deploy the blackbox exporter, or remove the probes',
  });
}

/**
 * Refuses two jobs of one name: Prometheus would not load the file.
 *
 * @throws ConfigError naming the job
 */
export function requireUniqueNames(jobs: readonly Pick<ScrapeJob, 'name'>[]): void {
  const names = jobs.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ConfigError({
    where: `scrape job ${twice}`,
    found: `two jobs named "${twice}"`,
    allowed: 'a name of its own for each job',
    mend: 'rename the job that the environment adds, or the service of the application',
  });
}
