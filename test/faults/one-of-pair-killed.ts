import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../../tools/processes/cleanup';
import {
  adaptAlertmanager,
  clusterSize,
  postAlerts,
  startAlertmanager,
  type AlertmanagerHere,
} from '../support/alertmanager-here';
import { eventually } from '../support/eventually';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import { freePorts } from '../support/programs';
import { renderedFolder } from '../support/rendered';
import { promised, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import { silence, silences } from './silences';

/** A member waits this long for the other one to tell first (--cluster.peer-timeout), and then some. */
const QUIET_MS = 20_000;

/** One of prod's pair ends as by `kill -9`, and starts again. */
export const oneOfPairKilled: Fault = {
  name: 'one-of-pair-killed',
  title: 'One Alertmanager of a pair is killed and starts again',
  promise:
    'Nothing is lost: what begins meanwhile is told by the other one, silences stay, the returned one learns them, and nobody is told twice but at the moment of the fault.',
  how: "kill -9 of one of two with prod's files and arguments on loopback; a PagerDuty-like receiver counts events by alert. Groups are flushed each second.",
  measure,
};

function firing(...names: readonly string[]) {
  return names.map((alertname) => ({ labels: { alertname, severity: 'critical', namespace: 'prod' } }));
}

async function measure(
  { alertmanager: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('prod'));
  const pager = cleanup.stopLater(await startHttpSink());
  adaptAlertmanager(folder, {
    global: { pagerduty_url: pager.url },
    integrations: { slack: undefined, email: undefined, sns: undefined },
  });
  const [first = 0, second = 0, one = 0, other = 0] = await freePorts(4);
  const startFirst = () => startAlertmanager({ command, folder, port: one, clusterPorts: [first, second] });
  const killed = cleanup.stopLater(await startFirst());
  const survivor = cleanup.stopLater(
    await startAlertmanager({ command, folder, port: other, clusterPorts: [second, first] }),
  );
  await bothSeen(survivor);
  const made = await silence(killed, 'Silenced');
  await hasSilence(survivor, made);
  await toBoth([killed, survivor], firing('ToldBefore', 'Silenced'));
  await toldOf(pager, 'ToldBefore');
  await sleep(QUIET_MS);

  await killNow(killed);
  await postAlerts(survivor, firing('ToldBefore', 'Silenced', 'BeganMeanwhile'));
  await toldOf(pager, 'BeganMeanwhile').catch(() => undefined);
  const keptByOther = (await silences(survivor)).includes(made);
  const back = cleanup.stopLater(await startFirst());
  await bothSeen(back);
  const learnt = await hasSilence(back, made);
  await toBoth([back, survivor], firing('ToldBefore', 'Silenced', 'BeganMeanwhile'));
  await sleep(QUIET_MS);
  return rows(pager, { keptByOther, learnt });
}

async function toBoth(
  members: readonly AlertmanagerHere[],
  alerts: ReturnType<typeof firing>,
): Promise<void> {
  await Promise.all(members.map((member) => postAlerts(member, alerts)));
}

async function bothSeen(member: AlertmanagerHere): Promise<void> {
  await eventually(
    'both members',
    () => clusterSize(member),
    (size) => size === 2,
  );
}

async function hasSilence(member: AlertmanagerHere, id: string): Promise<boolean> {
  return eventually(
    'the silence',
    () => silences(member),
    (ids) => ids.includes(id),
  ).then(
    () => true,
    () => false,
  );
}

/** Events that say that an alert fires. */
function timesPaged(pager: HttpSink, alertname: string): number {
  return pager.requests.filter(({ body }) => {
    const event = JSON.parse(body.toString()) as { event_action: string; payload: { class?: string } };
    return event.event_action === 'trigger' && event.payload.class === alertname;
  }).length;
}

async function toldOf(pager: HttpSink, alertname: string): Promise<void> {
  await eventually(
    alertname,
    () => timesPaged(pager, alertname),
    (times) => times > 0,
    60_000,
  );
}

function rows(
  pager: HttpSink,
  { keptByOther, learnt }: { readonly keptByOther: boolean; readonly learnt: boolean },
): readonly Measure[] {
  const [before, meanwhile, silenced] = ['ToldBefore', 'BeganMeanwhile', 'Silenced'].map((name) =>
    timesPaged(pager, name),
  ) as [number, number, number];
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  return [
    promised('times that an alert was told which had been told before', String(before), before === 1),
    promised(
      'times that an alert was told which began while one was away',
      String(meanwhile),
      meanwhile >= 1 && meanwhile <= 2,
    ),
    promised('times that the silenced alert was told', String(silenced), silenced === 0),
    promised('silence kept by the other member', yes(keptByOther), keptByOther),
    promised('silence known to the member that came back', yes(learnt), learnt),
  ];
}
