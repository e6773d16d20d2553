import type { FederationSource, StaticTarget } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import type { Connection } from '../kubernetes/component';
import { addresses } from '../kubernetes/peers';
import { foreignTargetGuards, sampleSteps, type ApplicationTargets } from './application-jobs';
import type { ScrapeJob } from './scrape-job';

/**
 * Targets at fixed addresses outside the cluster.
 *
 * @throws ConfigError if there is no target, no address range, or a target that is not `host:port`
 */
export function staticTargets(target: StaticTarget, options: ApplicationTargets = {}): ScrapeJob {
  const { job, targets } = target;
  const where = `scrape.static.${job}`;
  requireSome(`${where}.targets`, targets, 'target', 'host:port');
  return {
    name: job,
    kind: 'static',
    config: {
      job_name: job,
      scheme: target.scheme ?? 'https',
      metrics_path: target.path ?? '/metrics',
      ...foreignTargetGuards(options),
      static_configs: [{ targets }],
      metric_relabel_configs: sampleSteps(options),
    },
    reaches: connections(where, 'targets', targets, target.cidrs, `metrics of ${job}`),
    selects: { kind: 'addresses', addresses: targets },
    targetLabels: ['job', 'instance'],
  };
}

/**
 * Series of another Prometheus, with the labels that they have there.
 *
 * @throws ConfigError if there is no selector, no address range, or a target that is not `host:port`
 */
export function federation(source: FederationSource): ScrapeJob {
  const { job, target, match } = source;
  const where = `scrape.federation.${job}`;
  requireSome(`${where}.match`, match, 'series selector', '{job="rag-api"}');
  const blank = match.find((selector) => /^\s*(\{\s*\})?\s*$/.test(selector));
  if (blank !== undefined) {
    throw new ConfigError({
      where: `${where}.match`,
      found: `the selector "${blank}", which selects nothing or everything`,
      allowed: 'series selectors with a metric name or a matcher',
      mend: 'name the series to copy, such as {job="rag-api"}',
    });
  }
  return {
    name: job,
    kind: 'federation',
    config: {
      job_name: job,
      honor_labels: true,
      scheme: source.scheme ?? 'https',
      metrics_path: '/federate',
      params: { 'match[]': match },
      static_configs: [{ targets: [target] }],
    },
    reaches: connections(where, 'target', [target], source.cidrs, `series of ${job}`),
    selects: { kind: 'addresses', addresses: [target] },
    targetLabels: ['job', 'instance'],
  };
}

/** Edges to addresses, one for each port. No range at all would be an open policy: Kubernetes reads it as anyone. */
function connections(
  where: string,
  field: string,
  targets: readonly string[],
  cidrs: readonly string[],
  why: string,
): Connection[] {
  requireSome(`${where}.cidrs`, cidrs, 'address range', '203.0.113.0/24');
  const ports = targets.map((target) => portOfTarget(`${where}.${field}`, target));
  return [...new Set(ports)].map((port) => addresses(cidrs, port, why));
}

function portOfTarget(where: string, target: string): number {
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^:/\s[\]]+):(\d{1,5})$/.exec(target)?.[1]);
  if (port >= 1 && port <= 65_535) return port;
  throw new ConfigError({
    where,
    found: `"${target}"`,
    allowed: 'host:port without a scheme or path; an IPv6 address in brackets',
    mend: 'write host:port here, and the scheme and path in their own fields',
  });
}

function requireSome(where: string, values: readonly string[], what: string, example: string): void {
  if (values.length > 0) return;
  throw new ConfigError({
    where,
    found: `no ${what}`,
    allowed: `at least one ${what}, such as ${example}`,
    mend: `add one, or remove the job`,
  });
}
