import { parse } from 'yaml';
import type { RuleDocument } from '../../../content/rules';
import { renderedFiles } from '../../../stacks/rendered-files';
import { argumentsOfOlder, forOlderPrograms } from '../../../tools/demo/older-programs';
import { modelOf } from '../../support/rendered';

const rendered = renderedFiles(modelOf('local'));
const NEW = {
  prometheus: { command: 'prometheus', version: [3, 12] },
  alertmanager: { command: 'alertmanager', version: [0, 30] },
} as const;
const OLD = {
  prometheus: { command: 'prometheus', version: [2, 42] },
  alertmanager: { command: 'alertmanager', version: [0, 25] },
} as const;
const config = rendered.get('prometheus/prometheus.yml') ?? '';

const documentOf = (files: ReadonlyMap<string, string>, name: string) =>
  parse(files.get(name) ?? '') as object;

describe('forOlderPrograms', () => {
  it('changes nothing for programs that read the files as they are', () => {
    expect(forOlderPrograms(rendered, NEW)).toEqual({ files: rendered, unread: [] });
  });

  it('says what is lost with older ones', () => {
    expect(forOlderPrograms(rendered, OLD).unread).toEqual([
      'Prometheus 2.42: a target that names no format of its metrics is taken to speak the text format; a change of the files needs a restart',
      'Alertmanager 0.25: inhibitions have no names',
    ]);
    expect(forOlderPrograms(rendered, { ...OLD, prometheus: NEW.prometheus }).unread).toEqual([
      'Alertmanager 0.25: inhibitions have no names',
    ]);
  });

  it('takes out of prometheus.yml what Prometheus 2 refuses, and nothing else', () => {
    const { files } = forOlderPrograms(rendered, OLD);
    const {
      metric_name_validation_scheme: _scheme,
      extra_scrape_metrics: _extra,
      ...global
    } = (parse(config) as { global: Record<string, unknown> }).global;

    expect(documentOf(files, 'prometheus/prometheus.yml')).toMatchObject({ global });
    expect(documentOf(files, 'prometheus/prometheus.yml')).toHaveProperty('storage', {
      exemplars: { max_exemplars: 100_000 },
    });
    expect(files.get('prometheus/prometheus.yml')).not.toMatch(
      /fallback_scrape_protocol|track_timestamps_staleness|metric_name_validation_scheme|extra_scrape_metrics/,
    );
    expect(files.get('prometheus/prometheus.yml')?.match(/job_name/g)).toHaveLength(
      config.match(/job_name/g)?.length ?? 0,
    );
  });

  it('writes the labels of a group into each of its rules, whose own come first', () => {
    const rules = {
      groups: [
        {
          name: 'a',
          labels: { team: 'rag', tier: '1' },
          rules: [{ alert: 'A', expr: '1', labels: { tier: '2' } }],
        },
      ],
    };
    const { files } = forOlderPrograms(new Map([['prometheus/rules/a.yaml', JSON.stringify(rules)]]), OLD);

    expect(documentOf(files, 'prometheus/rules/a.yaml')).toEqual({
      groups: [{ name: 'a', rules: [{ alert: 'A', expr: '1', labels: { team: 'rag', tier: '2' } }] }],
    });
  });

  it('leaves every rule with its expression', () => {
    const { files } = forOlderPrograms(rendered, OLD);
    const expressions = (tree: ReadonlyMap<string, string>) =>
      [...tree]
        .filter(([name]) => name.startsWith('prometheus/rules/'))
        .flatMap(([, text]) => (parse(text) as RuleDocument).groups)
        .flatMap(({ rules, labels }) => {
          expect(tree === rendered || labels === undefined).toBe(true);
          return rules.map(({ expr }) => expr);
        });

    expect(expressions(files)).toEqual(expressions(rendered));
  });

  it('takes the names of inhibitions out of alertmanager.yml', () => {
    const inhibitions = (files: ReadonlyMap<string, string>) =>
      (documentOf(files, 'alertmanager/alertmanager.yml') as { inhibit_rules: readonly object[] })
        .inhibit_rules;

    expect(inhibitions(forOlderPrograms(rendered, OLD).files)).toEqual(
      inhibitions(rendered).map((rule) => {
        const { name: _name, ...rest } = rule as { readonly name: string };
        return rest;
      }),
    );
  });
});

describe('argumentsOfOlder', () => {
  const given = ['--config.file=a', '--config.auto-reload', '--config.auto-reload-interval=30s'];

  it('leaves them for a Prometheus that takes them', () => {
    expect(argumentsOfOlder(NEW.prometheus, given, config)).toEqual(given);
  });

  it('gives an older one its retention and the metrics of limits as arguments', () => {
    expect(argumentsOfOlder(OLD.prometheus, given, config)).toEqual([
      '--config.file=a',
      '--storage.tsdb.retention.time=30d',
      '--storage.tsdb.retention.size=4GB',
      '--enable-feature=extra-scrape-metrics',
    ]);
  });
});
