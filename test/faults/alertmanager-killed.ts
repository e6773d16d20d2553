import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../../tools/processes/cleanup';
import {
  adaptAlertmanager,
  postAlerts,
  startAlertmanager,
  type AlertmanagerHere,
} from '../support/alertmanager-here';
import { eventually } from '../support/eventually';
import { freePort } from '../support/programs';
import { renderedFolder, type RenderedFolder } from '../support/rendered';
import { promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import { startReceiver, timesTold, type Receiver } from './receiver';
import { silence, silences } from './silences';

/** Time between two snapshots here; in the cluster it is a minute. */
const SNAPSHOT = '3s';
const SNAPSHOTTED_MS = 7_000;

/** Milliseconds in which whatever is told again would be told. */
const QUIET_MS = 5_000;

/** Alertmanager, alone, ends as by `kill -9`, and starts again. */
export const alertmanagerKilled: Fault = {
  name: 'alertmanager-killed',
  title: 'Alertmanager, alone, is killed and starts again',
  promise:
    'Silences and the log of what was told are kept as of the last snapshot (one a minute). Alerts come again from Prometheus: none is lost, the end of one is told, and only what was told since the last snapshot may be told twice.',
  how: `kill -9 some seconds after a snapshot, with \`local\`'s files; a snapshot is made every ${SNAPSHOT} here. Prometheus' repeated sending is done by hand.`,
  measure,
};

function firing(...names: readonly string[]) {
  return names.map((alertname) => ({ labels: { alertname, severity: 'critical', namespace: 'dev' } }));
}

async function toldAtLeast(receiver: Receiver, names: readonly string[]): Promise<void> {
  await eventually(
    `${names.join(', ')} told`,
    () => timesTold(receiver, 'alertname'),
    (found) => names.every((name) => found.has(name)),
  );
}

async function measure(programs: FaultPrograms, cleanup: Cleanup): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const receiver = await startReceiver();
  cleanup.later(() => receiver.goDown());
  adaptAlertmanager(folder, { integrations: { webhook: { url: receiver.url } } });
  const start = starter(programs, folder, await freePort());
  const before = cleanup.stopLater(await start());
  const old = await silence(before, 'Silenced');
  await postAlerts(before, firing('ToldBefore', 'EndsMeanwhile', 'Silenced'));
  await toldAtLeast(receiver, ['ToldBefore', 'EndsMeanwhile']);
  await sleep(SNAPSHOTTED_MS);
  const young = await silence(before, 'SilencedLate');
  await postAlerts(before, firing('ToldLate'));
  await toldAtLeast(receiver, ['ToldLate']);
  await killNow(before);

  const after = cleanup.stopLater(await start());
  const kept = await silences(after);
  await postAlerts(after, [
    ...firing('ToldBefore', 'ToldLate', 'Silenced', 'BeganMeanwhile'),
    { labels: { ...firing('EndsMeanwhile')[0]?.labels }, endsAt: new Date().toISOString() },
  ]);
  await toldAtLeast(receiver, ['BeganMeanwhile']).catch(() => undefined);
  await sleep(QUIET_MS);
  return rows(receiver, { old: kept.includes(old), young: kept.includes(young) });
}

function starter({ alertmanager: command }: FaultPrograms, folder: RenderedFolder, port: number) {
  return (): Promise<AlertmanagerHere> =>
    startAlertmanager({ command, folder, port, values: { '--data.maintenance-interval': SNAPSHOT } });
}

function rows(
  receiver: Receiver,
  kept: { readonly old: boolean; readonly young: boolean },
): readonly Measure[] {
  const times = timesTold(receiver, 'alertname');
  const ended = timesTold(receiver, 'alertname', 'resolved').get('EndsMeanwhile') ?? 0;
  const count = (name: string) => times.get(name) ?? 0;
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  return [
    promised('silence older than the last snapshot is kept', yes(kept.old), kept.old),
    promised('times that the silenced alert was told', String(count('Silenced')), count('Silenced') === 0),
    promised(
      'times that an alert was told which had been told before the last snapshot',
      String(count('ToldBefore')),
      count('ToldBefore') === 1,
    ),
    promised(
      'times that an alert was told which began during the outage',
      String(count('BeganMeanwhile')),
      count('BeganMeanwhile') === 1,
    ),
    promised('times that the end of an alert was told which ended during it', String(ended), ended === 1),
    told('silence younger than the last snapshot is kept', yes(kept.young)),
    told(
      'times that an alert was told which was first told since the last snapshot',
      String(count('ToldLate')),
    ),
  ];
}
