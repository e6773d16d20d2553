import { nodeExporterComponent, nodeExporterValues } from '../../../constructs/exporters/node-exporter';
import { freePort, startProgram } from '../../../test/support/programs';
import { withCleanup } from '../../processes/cleanup';
import { metricsAt, settledText } from '../producer';
import type { ProducerGroup } from '../producer';

/** The node exporter on this machine, with the arguments that the stack gives the chart. */
export const nodeExporterGroup: ProducerGroup<'node_exporter'> = {
  producers: { 'node-exporter': 'node_exporter' },
  engines: ['node_exporter'],
  observe: (engines, wanted) =>
    withCleanup(async (cleanup) => {
      const address = `127.0.0.1:${String(await freePort())}`;
      const url = `http://${address}`;
      const { extraArgs } = nodeExporterValues(nodeExporterComponent('monitoring-agents'));
      cleanup.stopLater(
        await startProgram({
          command: engines.node_exporter,
          args: [...extraArgs, `--web.listen-address=${address}`],
          readyUrl: url,
        }),
      );
      const text = await settledText(() => metricsAt(`${url}/metrics`), wanted['node-exporter']);
      return { 'node-exporter': [text] };
    }),
};
