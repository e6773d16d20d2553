import { environment } from '../../tools/bench/notification';
import { readWatching } from '../../tools/bench/watching';
import { startStack, type RunningStack } from '../../tools/demo/running-stack';
import { exampleServices } from '../../tools/demo/services';
import { describeWithEngines } from '../support/engines';
import { eventually, getJson } from '../support/eventually';

jest.setTimeout(10 * 60_000);

const SERVICE = 'rag-api';
const ALERT = 'ServiceDown';

/** Seconds that a busy machine may be late with each step. */
const SLACK_SECONDS = 20;

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

describeWithEngines(
  ['prometheus', 'alertmanager'],
  'a dead service, with the intervals of production',
  ({ prometheus, alertmanager }) => {
    let stack: RunningStack;

    beforeAll(async () => {
      stack = await startStack({
        environment,
        programs: { prometheus: { command: prometheus }, alertmanager: { command: alertmanager } },
        services: exampleServices([SERVICE]),
      });
    });

    afterAll(() => stack.stop());

    it('is told of no later than its scrape, its rules and its route take together', async () => {
      const query = encodeURIComponent(`namespace_job:up:available{job="${SERVICE}"}`);
      await eventually(
        'the service is seen',
        () => getJson(`${stack.urls.prometheus}/api/v1/query?query=${query}`) as Promise<Answer>,
        ({ data }) => data.result[0]?.value[1] === '1',
        180_000,
      );
      process.kill(stack.processes.get(SERVICE)?.pid ?? NaN, 'SIGKILL');
      const killedAt = Date.now();
      const notification = await eventually(
        'the notification',
        () =>
          stack.webhook.notifications.find(({ alerts }) =>
            alerts.some(({ labels }) => labels['alertname'] === ALERT),
          ),
        (found) => found !== undefined,
        300_000,
      );
      const took = (Date.now() - killedAt) / 1_000;
      const { prometheus: url, alertmanager: alertmanagerUrl } = stack.urls;
      const { scrape, evaluation, holds, groupWait } = await readWatching(
        { prometheus: url, alertmanager: alertmanagerUrl },
        SERVICE,
        ALERT,
        notification?.receiver ?? '',
      );

      expect(notification).toMatchObject({
        status: 'firing',
        alerts: [{ labels: { job: SERVICE, namespace: 'prod', severity: 'critical' } }],
      });
      expect([scrape, evaluation, holds, groupWait]).toEqual([15, 30, 60, 10]);
      expect(took).toBeGreaterThan(holds);
      // The recording rule sees the scrape, the alert sees that, and once more when it has held for long enough.
      expect(took).toBeLessThan(scrape + 3 * evaluation + holds + groupWait + SLACK_SECONDS);
    });
  },
);
