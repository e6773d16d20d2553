import { dirname, join } from 'node:path';
import {
  kubeStateMetricsComponent,
  kubeStateMetricsValues,
} from '../../../constructs/exporters/kube-state-metrics';
import { PROBE_MODULES } from '../../../constructs/prometheus/probe-job';
import { CONTROL_PLANE_ENGINES, startControlPlane } from '../../../test/support/control-plane';
import type { ControlPlane } from '../../../test/support/control-plane';
import { freePort, freePorts, startProgram } from '../../../test/support/programs';
import { commandOf, modelOf, renderedFolder, withArguments } from '../../../test/support/rendered';
import { withCleanup, type Cleanup } from '../../processes/cleanup';
import { metricsAt, settledText } from '../producer';
import type { ProducerGroup, Wanted } from '../producer';
import { failAtWebhook, populate } from './cluster';

type Engine = (typeof CONTROL_PLANE_ENGINES)[number] | 'kube-state-metrics' | 'blackbox_exporter';

/** The environment whose configuration is used: one that probes. */
const ENVIRONMENT = 'prod';

/** A control plane with objects of every kind, kube-state-metrics before it, and a probe of its TLS port. */
export const kubernetesGroup: ProducerGroup<Engine> = {
  producers: {
    'kube-state-metrics': 'kube-state-metrics',
    apiserver: 'kube-apiserver',
    blackbox: 'blackbox_exporter',
  },
  engines: [...CONTROL_PLANE_ENGINES, 'kube-state-metrics', 'blackbox_exporter'],
  observe: (engines, wanted) =>
    withCleanup(async (cleanup) => {
      const plane = cleanup.stopLater(await startControlPlane(engines));
      await populate(plane.client);
      await failAtWebhook(plane.client);
      return {
        'kube-state-metrics': [await stateMetrics(engines['kube-state-metrics'], plane, cleanup, wanted)],
        blackbox: await probes(engines.blackbox_exporter, plane, cleanup),
        apiserver: [
          await settledText(async () => String((await get(plane, '/metrics')).body), wanted['apiserver']),
        ],
      };
    }),
};

function get({ client }: ControlPlane, path: string) {
  return client({ method: 'GET', path });
}

async function stateMetrics(
  command: string,
  { kubeconfigPath }: ControlPlane,
  cleanup: Cleanup,
  wanted: Wanted,
): Promise<string> {
  const { environment } = modelOf(ENVIRONMENT);
  const { collectors } = kubeStateMetricsValues(
    kubeStateMetricsComponent({ namespace: environment.namespaces.monitoring, network: environment.network }),
  );
  const [port = 0, telemetry = 0] = await freePorts(2);
  const url = `http://127.0.0.1:${String(port)}`;
  cleanup.stopLater(
    await startProgram({
      command,
      args: [
        `--kubeconfig=${kubeconfigPath}`,
        `--resources=${collectors.join(',')}`,
        '--host=127.0.0.1',
        `--port=${String(port)}`,
        '--telemetry-host=127.0.0.1',
        `--telemetry-port=${String(telemetry)}`,
      ],
      readyUrl: `${url}/healthz`,
    }),
  );
  return settledText(() => metricsAt(`${url}/metrics`), wanted['kube-state-metrics'], 60_000);
}

/** A probe of the API server, which serves TLS and lets everyone ask for its version, and one of a plain address. */
async function probes(command: string, plane: ControlPlane, cleanup: Cleanup): Promise<readonly string[]> {
  const folder = cleanup.removeLater(renderedFolder(ENVIRONMENT));
  const address = `127.0.0.1:${String(await freePort())}`;
  const url = `http://${address}`;
  cleanup.stopLater(
    await startProgram({
      command,
      args: [
        ...withArguments(commandOf(ENVIRONMENT, 'blackbox-exporter').args, {
          '--config.file': folder.file('blackbox-exporter/config.yaml'),
        }),
        `--web.listen-address=${address}`,
      ],
      // Go's own way to trust another authority: the probe's settings stay those of the stack.
      env: { SSL_CERT_FILE: join(dirname(plane.kubeconfigPath), 'certificates', 'apiserver.crt') },
      readyUrl: `${url}/-/healthy`,
    }),
  );
  const probe = (module: string, target: string) =>
    metricsAt(`${url}/probe?module=${module}&target=${encodeURIComponent(target)}`);
  return [
    await probe(PROBE_MODULES.https, `${plane.url}/version`),
    await probe(PROBE_MODULES.http, `${url}/-/healthy`),
  ];
}
