import { parse } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { RuleDocument } from '../../content/rules';
import { isAtLeast, type FoundProgram, type Programs, type Version } from './programs';

/**
 * What a program older than the deployed one cannot read, so that a distribution's packages can run a smaller version:
 * Debian 12 has Prometheus 2.42 and Alertmanager 0.25. Where the old form says the same, it is written in the old form;
 * what is lost is said.
 */

/** First Prometheus that takes files and arguments as they are: 3.12 made `--config.auto-reload` stable (its changelog). */
const PROMETHEUS: Version = [3, 12];

/** First Alertmanager that does: 0.30 gave names to inhibitions (its changelog). */
const ALERTMANAGER: Version = [0, 30];

/** Files as older programs can read them, and what they lost. */
export interface OlderFiles {
  readonly files: ReadonlyMap<string, string>;
  /** One sentence for each loss. */
  readonly unread: readonly string[];
}

type Document = Readonly<Record<string, unknown>>;

/** Puts each file of an older program into the form that it reads. */
export function forOlderPrograms(
  files: ReadonlyMap<string, string>,
  { prometheus, alertmanager }: Pick<Programs, 'prometheus' | 'alertmanager'>,
): OlderFiles {
  const oldPrometheus = !isAtLeast(prometheus, PROMETHEUS);
  const oldAlertmanager = !isAtLeast(alertmanager, ALERTMANAGER);
  return {
    files: new Map(
      [...files].map(([name, text]) => {
        if (oldPrometheus && name === 'prometheus/prometheus.yml') return [name, changed(text, olderConfig)];
        if (oldPrometheus && name.startsWith('prometheus/rules/')) return [name, changed(text, olderRules)];
        if (oldAlertmanager && name === 'alertmanager/alertmanager.yml')
          return [name, changed(text, olderRoutes)];
        return [name, text];
      }),
    ),
    unread: [
      ...(oldPrometheus
        ? [
            `Prometheus ${versionOf(prometheus)}: a target that names no format of its metrics is taken to speak the text format; a change of the files needs a restart`,
          ]
        : []),
      ...(oldAlertmanager ? [`Alertmanager ${versionOf(alertmanager)}: inhibitions have no names`] : []),
    ],
  };
}

/**
 * Arguments as an older program takes them.
 *
 * @param config the rendered prometheus.yml, whose retention older programs take as arguments
 */
export function argumentsOfOlder(
  prometheus: FoundProgram,
  args: readonly string[],
  config: string,
): readonly string[] {
  if (isAtLeast(prometheus, PROMETHEUS)) return args;
  const { storage } = parse(config) as {
    readonly storage: { readonly tsdb: { readonly retention: Readonly<Record<string, string>> } };
  };
  return [
    ...args.filter((argument) => !argument.startsWith('--config.auto-reload')),
    ...Object.entries(storage.tsdb.retention).map(
      ([limit, value]) => `--storage.tsdb.retention.${limit}=${value}`,
    ),
    '--enable-feature=extra-scrape-metrics',
  ];
}

function changed(text: string, change: (document: Document) => object): string {
  return renderYaml(change(parse(text) as Document));
}

function olderConfig(config: Document): object {
  const {
    metric_name_validation_scheme: _scheme,
    extra_scrape_metrics: _extra,
    ...global
  } = config['global'] as Document;
  const { tsdb: _tsdb, ...storage } = config['storage'] as Document;
  const jobs = config['scrape_configs'] as readonly Document[];
  return {
    ...config,
    global,
    storage,
    // Where the demo reads containers, nothing writes times beside samples, so that none can be stale.
    scrape_configs: jobs.map(
      ({ fallback_scrape_protocol: _fallback, track_timestamps_staleness: _times, ...job }) => job,
    ),
  };
}

/** Labels of a group are labels of each of its rules. */
function olderRules(document: Document): object {
  const { groups } = document as unknown as RuleDocument;
  return {
    groups: groups.map((group) => {
      const { labels, ...rest } = group;
      if (labels === undefined) return group;
      return {
        ...rest,
        rules: rest.rules.map((rule) => ({ ...rule, labels: { ...labels, ...rule.labels } })),
      };
    }),
  };
}

function olderRoutes(config: Document): object {
  const rules = config['inhibit_rules'] as readonly Document[];
  return { ...config, inhibit_rules: rules.map(({ name: _name, ...rule }) => rule) };
}

function versionOf({ version = [0, 0] }: FoundProgram): string {
  return version.join('.');
}
