import { parse } from 'yaml';
import { renderYaml } from '../../../constructs/kubernetes/render-yaml';
import { eventually } from '../../../test/support/eventually';
import { startHttpSink } from '../../../test/support/http-sink';
import { adaptPrometheus, startPrometheus } from '../../../test/support/prometheus-here';
import type { DiscoveredTarget, PrometheusHere } from '../../../test/support/prometheus-here';
import { renderedFolder } from '../../../test/support/rendered';
import { withCleanup } from '../../processes/cleanup';
import { metricsAt, settledText } from '../producer';
import type { ProducerGroup } from '../producer';

/** Labels that the jobs of the stack's own pods set. */
const TARGET_LABELS = ['instance', 'job', 'namespace', 'node', 'pod'];

const CONFIG = 'prometheus/prometheus.yml';

/** A pod of the stack as Kubernetes' discovery would tell of it. */
function podTarget(name: string, address: string): DiscoveredTarget {
  return {
    address,
    labels: {
      __meta_kubernetes_namespace: 'monitoring',
      __meta_kubernetes_pod_name: `${name}-0`,
      __meta_kubernetes_pod_node_name: 'node-a',
      __meta_kubernetes_pod_phase: 'Running',
      __meta_kubernetes_pod_container_port_name: 'http',
      __meta_kubernetes_pod_label_app_kubernetes_io_name: name,
    },
  };
}

/** What Prometheus writes for a target that it scrapes, without the target's labels. */
async function ownSeries(prometheus: PrometheusHere): Promise<string> {
  const samples = await eventually(
    'series of the scrape itself',
    () => prometheus.query('{__name__=~"up|scrape_.+", job="prometheus"}'),
    (found) => found.length > 0,
  );
  return samples
    .map(({ metric: { __name__: name = '', ...labels }, value: [, value] }) => {
      const own = Object.entries(labels).filter(([label]) => !TARGET_LABELS.includes(label));
      return `${name}{${own.map(([label, text]) => `${label}="${text}"`).join(',')}} ${value}`;
    })
    .join('\n');
}

/**
 * Prometheus on prod's files, with a sink for its alerts and one for a remote storage: the stack configures none, and
 * what Prometheus tells of one is in the contract for teams that do.
 */
export const prometheusGroup: ProducerGroup<'prometheus'> = {
  producers: { prometheus: 'prometheus', 'prometheus-scrape': 'prometheus' },
  engines: ['prometheus'],
  observe: (engines, wanted) =>
    withCleanup(async (cleanup) => {
      const folder = cleanup.removeLater(renderedFolder('prod'));
      const sink = cleanup.stopLater(await startHttpSink());
      adaptPrometheus(folder, {
        alertmanagers: [podTarget('alertmanager', `127.0.0.1:${String(sink.port)}`)],
        jobs: { prometheus: [podTarget('prometheus', `127.0.0.1:${String(sink.port)}`)] },
      });
      const config = parse(folder.read(CONFIG)) as object;
      folder.write(CONFIG, renderYaml({ ...config, remote_write: [{ url: `${sink.url}/api/v1/write` }] }));
      const prometheus = cleanup.stopLater(await startPrometheus(engines.prometheus, folder));
      const text = await settledText(() => metricsAt(`${prometheus.url}/metrics`), wanted['prometheus']);
      return { prometheus: [text], 'prometheus-scrape': [await ownSeries(prometheus)] };
    }),
};
