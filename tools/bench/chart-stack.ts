import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import { LOOPBACK } from '../demo/loopback';
import type { Programs } from '../demo/programs';
import { startWebhook, type Webhook } from '../demo/webhook';
import { startTogether, type Stoppable } from '../processes/cleanup';
import { freePorts, startProgram } from '../processes/program';

/** Addresses that the files of the chart's stack name, `host:port`. */
export interface ChartAddresses {
  readonly service: string;
  readonly alertmanager: string;
  /** Port of the receiver of notifications. */
  readonly webhookPort: number;
}

/**
 * What the chart kube-prometheus-stack sets for a service whose pods are gone, with the chart's values as they are
 * (prometheus-community/helm-charts, charts/kube-prometheus-stack: values.yaml and the rule TargetDown of
 * general.rules.yaml). Its values leave the intervals to the operator, which scrapes and evaluates every 30 seconds.
 */
export function chartFiles({
  service,
  alertmanager,
  webhookPort,
}: ChartAddresses): ReadonlyMap<string, string> {
  return new Map([
    ['prometheus.yml', renderYaml(prometheusConfig(service, alertmanager))],
    ['rules.yaml', renderYaml({ groups: [{ name: 'general.rules', rules: [TARGET_DOWN] }] })],
    ['alertmanager.yml', renderYaml(alertmanagerConfig(webhookPort))],
  ]);
}

/** Name of the chart's alert. */
export const CHART_ALERT = 'TargetDown';

const TARGET_DOWN = {
  alert: CHART_ALERT,
  expr: '100 * (count(up == 0) BY (job, namespace, service) / count(up) BY (job, namespace, service)) > 10',
  for: '10m',
  labels: { severity: 'warning' },
};

function prometheusConfig(service: string, alertmanager: string): object {
  return {
    global: { scrape_interval: '30s', evaluation_interval: '30s' },
    rule_files: ['rules.yaml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      {
        job_name: 'rag-api',
        static_configs: [{ targets: [service], labels: { namespace: 'prod', service: 'rag-api' } }],
      },
    ],
  };
}

/** The chart's route, with a receiver that does something: its own is empty. */
function alertmanagerConfig(webhookPort: number): object {
  return {
    route: {
      group_by: ['namespace'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      receiver: 'webhook',
    },
    receivers: [
      { name: 'webhook', webhook_configs: [{ url: `http://${LOOPBACK}:${String(webhookPort)}/alerts` }] },
    ],
  };
}

/** The chart's Prometheus and Alertmanager on this machine. */
export interface ChartStack extends Stoppable {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly webhook: Pick<Webhook, 'notifications'>;
}

/**
 * Starts the chart's stack as processes on loopback.
 *
 * @param service `host:port` of the service that it watches
 */
export async function startChartStack(
  programs: Pick<Programs, 'prometheus' | 'alertmanager'>,
  service: string,
): Promise<ChartStack> {
  return startTogether(async (cleanup) => {
    const folder = mkdtempSync(join(tmpdir(), 'chart-stack-'));
    cleanup.later(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const webhook = cleanup.stopLater(await startWebhook());
    const [prometheus, alertmanager] = (await freePorts(2)).map((port) => `${LOOPBACK}:${String(port)}`) as [
      string,
      string,
    ];
    const file = (name: string) => join(folder, name);
    for (const [name, text] of chartFiles({ service, alertmanager, webhookPort: webhook.port })) {
      mkdirSync(dirname(file(name)), { recursive: true });
      writeFileSync(file(name), text);
    }
    cleanup.stopLater(
      await startProgram({
        command: programs.alertmanager.command,
        args: [
          `--config.file=${file('alertmanager.yml')}`,
          `--storage.path=${file('alertmanager-data')}`,
          '--cluster.listen-address=',
          `--web.listen-address=${alertmanager}`,
        ],
        readyUrl: `http://${alertmanager}/-/ready`,
      }),
    );
    cleanup.stopLater(
      await startProgram({
        command: programs.prometheus.command,
        args: [
          `--config.file=${file('prometheus.yml')}`,
          `--storage.tsdb.path=${file('prometheus-data')}`,
          `--web.listen-address=${prometheus}`,
        ],
        readyUrl: `http://${prometheus}/-/ready`,
      }),
    );
    return { prometheus: `http://${prometheus}`, alertmanager: `http://${alertmanager}`, webhook };
  });
}
