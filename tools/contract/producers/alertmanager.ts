import { adaptAlertmanager, startAlertmanager } from '../../../test/support/alertmanager-here';
import { freePorts } from '../../../test/support/programs';
import { renderedFolder } from '../../../test/support/rendered';
import { withCleanup } from '../../processes/cleanup';
import { metricsAt, settledText } from '../producer';
import type { ProducerGroup } from '../producer';

/** One member of prod's pair; the other never comes, which its metrics show. */
export const alertmanagerGroup: ProducerGroup<'alertmanager'> = {
  producers: { alertmanager: 'alertmanager' },
  engines: ['alertmanager'],
  observe: (engines, wanted) =>
    withCleanup(async (cleanup) => {
      const folder = cleanup.removeLater(renderedFolder('prod'));
      adaptAlertmanager(folder, {});
      const [port = 0, ...clusterPorts] = await freePorts(3);
      const { url } = cleanup.stopLater(
        await startAlertmanager({ command: engines.alertmanager, folder, port, clusterPorts }),
      );
      const text = await settledText(() => metricsAt(`${url}/metrics`), wanted['alertmanager']);
      return { alertmanager: [text] };
    }),
};
