import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import { describeWithEngines } from '../support/engines';
import {
  ENVIRONMENTS,
  renderedFolder,
  replaced,
  ruleFilesOf,
  type RenderedFolder,
} from '../support/rendered';

describeWithEngines(['promtool'], 'the rendered files of Prometheus in promtool', ({ promtool }) => {
  let folder: RenderedFolder | undefined;

  afterEach(() => {
    folder?.remove();
  });

  const check = (environment: string, spoil: (text: string) => string = (text) => text) => {
    folder = renderedFolder(environment);
    const file = 'prometheus/prometheus.yml';
    folder.write(file, spoil(folder.read(file)));
    const args = ['check', 'config', '--lint=all', '--lint-fatal', folder.file(file)];
    const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };

  it.each(ENVIRONMENTS)('pass check config with every lint, rule files included: %s', (environment) => {
    const { status, output } = check(environment);
    const rules = ruleFilesOf(environment);

    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('is valid') as string });
    expect(output).toContain(`${String(rules.length)} rule files found`);
    expect(output.match(/SUCCESS: [1-9]\d* rules found/g)).toHaveLength(rules.length);
  });

  it('are refused where the service account has no token', () => {
    const { status, output } = check('prod', (text) => replaced(text, '/token', '/absent'));

    expect(status).not.toBe(0);
    expect(output).toContain('/service-account/absent');
  });

  it('name only rule files that the folder holds', () => {
    folder = renderedFolder('prod');
    const { rule_files: patterns } = parse(folder.read('prometheus/prometheus.yml')) as PrometheusConfig;

    expect(patterns).toEqual([folder.file('prometheus/rules/*.yaml')]);
  });
});
