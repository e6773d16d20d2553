import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import type { Rule, RuleDocument } from '../../content/rules';
import { renderedFiles } from '../../stacks/rendered-files';
import { modelOf, ruleFilesOf } from '../support/rendered';
import {
  compressedDuration,
  compressedExpression,
  compressedFiles,
  compressedThresholds,
  millisecondsOf,
} from './compressed-time';

const FACTOR = 30;
const before = renderedFiles(modelOf('prod'));
const after = compressedFiles(before, FACTOR);

function rulesOf(files: ReadonlyMap<string, string>): readonly Rule[] {
  return ruleFilesOf('prod').flatMap((name) =>
    (parse(files.get(name) ?? '') as RuleDocument).groups.flatMap(({ rules }) => rules),
  );
}

/** Every node of an expression: its kind, and its text where it is a leaf; durations in milliseconds times a factor. */
function nodesOf(expression: string, factor: number): readonly string[] {
  const nodes: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, node }) => {
      const text = node.firstChild === null ? expression.slice(from, to) : '';
      const isDuration = name === 'NumberDurationLiteralInDurationContext';
      nodes.push(`${name} ${isDuration ? String(Math.round(millisecondsOf(text) * factor)) : text}`);
    },
  });
  return nodes;
}

describe('compressed time', () => {
  it('changes nothing of any rule of the stack but durations, all by one factor', () => {
    const originals = rulesOf(before);
    const shortened = rulesOf(after);

    expect(originals.length).toBeGreaterThan(300);
    expect(shortened).toHaveLength(originals.length);
    originals.forEach((original, index) => {
      const { expr, for: wait, keep_firing_for: keep, ...rest } = shortened[index] ?? original;
      const { expr: _expr, for: _wait, keep_firing_for: _keep, ...others } = original;
      expect(rest).toEqual(others);
      expect(nodesOf(expr, FACTOR)).toEqual(nodesOf(original.expr, 1));
      expect(wait).toBe(original.for && compressedDuration(original.for, FACTOR));
      expect(keep).toBe(original.keep_firing_for && compressedDuration(original.keep_firing_for, FACTOR));
    });
  });

  it('leaves no other file of the stack changed but prometheus.yml and alertmanager.yml', () => {
    const changed = [...after].filter(([name, text]) => text !== before.get(name)).map(([name]) => name);

    expect(changed.filter((name) => !name.startsWith('prometheus/rules/'))).toEqual([
      'alertmanager/alertmanager.yml',
      'prometheus/prometheus.yml',
    ]);
  });

  it('scrapes, evaluates and groups the factor more often', () => {
    const { global, scrape_configs: jobs } = parse(after.get('prometheus/prometheus.yml') ?? '') as {
      readonly global: object;
      readonly scrape_configs: readonly { readonly job_name: string; readonly sample_limit?: number }[];
    };
    const { route } = parse(after.get('alertmanager/alertmanager.yml') ?? '') as { readonly route: object };

    expect(global).toMatchObject({
      scrape_interval: '500ms',
      scrape_timeout: '500ms',
      evaluation_interval: '500ms',
    });
    expect(jobs[0]).toMatchObject({ job_name: 'rag-api', sample_limit: 20_000 });
    expect(route).toMatchObject({
      group_wait: '1000ms',
      group_interval: '10000ms',
      repeat_interval: '480000ms',
    });
  });

  it('divides ranges, subqueries with their steps, and offsets, and no number', () => {
    expect(
      compressedExpression(
        'sum(rate(a{b="5m"}[5m])) * 300 > 5 unless max_over_time(c[1h:1m] offset 1d) > 86400',
        60,
      ),
    ).toBe(
      'sum(rate(a{b="5m"}[5000ms])) * 300 > 5 unless max_over_time(c[60000ms:1000ms] offset 1440000ms) > 86400',
    );
  });

  it('divides the ages that thresholds compare with, and no other threshold', () => {
    const { thresholds } = modelOf('prod').environment;

    expect(compressedThresholds(thresholds, FACTOR)).toEqual({
      ...thresholds,
      uploadQueueAgeWarningSeconds: 30,
      uploadQueueAgeCriticalSeconds: 120,
    });
  });

  it('keeps no duration from being told apart from zero', () => {
    expect(compressedDuration('0s', FACTOR)).toBe('0s');
    expect(compressedDuration('1ms', FACTOR)).toBe('1ms');
    expect(compressedDuration('1h30m', FACTOR)).toBe('180000ms');
  });

  it('refuses what is no duration', () => {
    expect(() => compressedDuration('soon', FACTOR)).toThrow('"soon" is no duration such as 5m');
  });
});
