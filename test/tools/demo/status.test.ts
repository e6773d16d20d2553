import { isAllUp, readStatus, statusLine } from '../../../tools/demo/status';
import { StoredTraces } from '../../../tools/demo/stored-traces';
import { startWebhook, type Notification, type Webhook } from '../../../tools/demo/webhook';
import { startHttpSink, type HttpSink } from '../../support/http-sink';

const targets = (...health: readonly string[]) => ({
  data: { activeTargets: health.map((one) => ({ health: one })) },
});
const alert = (alertname: string) => ({ labels: { alertname } });
const notification = (alertname: string): Notification => ({
  receiver: 'warning',
  status: 'firing',
  alerts: [{ status: 'firing', labels: { alertname }, annotations: {} }],
});

describe('readStatus', () => {
  let sink: HttpSink;

  beforeAll(async () => {
    sink = await startHttpSink(({ path }) => {
      if (path.startsWith('/api/v1/targets')) return targets('up', 'down', 'up');
      if (path.startsWith('/api/v2/alerts')) return [alert('B'), alert('A'), alert('B'), alert('Watchdog')];
      if (path === '/api/services') return { data: ['rag-api'] };
      return { data: [{ traceID: 'a' }, { traceID: 'b' }] };
    });
  });

  afterAll(() => sink.stop());

  const urls = () => ({ prometheus: sink.url, alertmanager: sink.url, webhook: '', services: {} });

  it('counts targets, alerts that people are told of, notifications and traces', async () => {
    const webhook = { notifications: [notification('Watchdog'), notification('A'), notification('B')] };

    await expect(
      readStatus({ urls: urls(), webhook }, new StoredTraces(sink.url, Date.now())),
    ).resolves.toEqual({
      targets: 3,
      targetsUp: 2,
      firing: ['A', 'B'],
      notifications: 2,
      heartbeats: 1,
      traces: 2,
    });
  });

  it('asks Alertmanager for no alert that is silenced or inhibited', async () => {
    await readStatus({ urls: urls(), webhook: { notifications: [] } });

    expect(sink.requests.map(({ path }) => path)).toContain(
      '/api/v2/alerts?active=true&silenced=false&inhibited=false',
    );
  });

  it('has no traces without Jaeger', async () => {
    const status = await readStatus({ urls: urls(), webhook: { notifications: [] } });

    expect(status.traces).toBeUndefined();
  });
});

describe('StoredTraces', () => {
  it('counts each trace once, and asks at most each five seconds', async () => {
    const answers = [
      ['a', 'b'],
      ['b', 'c'],
    ];
    let looks = 0;
    const sink = await startHttpSink(({ path }) =>
      path === '/api/services'
        ? { data: ['rag-api'] }
        : { data: (answers[looks++] ?? []).map((traceID) => ({ traceID })) },
    );
    const clock = jest.spyOn(Date, 'now').mockReturnValue(100_000);
    const traces = new StoredTraces(sink.url, 90_000);
    const counts = [await traces.count(), await traces.count()];
    clock.mockReturnValue(105_000);
    counts.push(await traces.count());
    clock.mockRestore();
    await sink.stop();

    expect(counts).toEqual([2, 2, 3]);
    const starts = sink.requests.flatMap(({ path }) => /start=(\d+)/.exec(path)?.[1] ?? []);
    expect(starts).toEqual(['90000000', '90000000']);
  });

  it('counts none where no service has sent one', async () => {
    const sink = await startHttpSink(() => ({ data: null }));
    const count = await new StoredTraces(sink.url, 0).count();
    await sink.stop();

    expect(count).toBe(0);
  });
});

describe('statusLine', () => {
  it('says everything in one line', () => {
    const status = {
      targets: 8,
      targetsUp: 7,
      firing: ['A', 'B'],
      notifications: 1,
      heartbeats: 2,
      traces: 1,
    };

    expect(statusLine(status)).toBe(
      'targets 7/8 up | 1 notification, 2 heartbeats | 1 trace | 2 firing: A, B',
    );
    expect(statusLine({ ...status, firing: [], traces: undefined })).toBe(
      'targets 7/8 up | 1 notification, 2 heartbeats | no Jaeger | no alert fires',
    );
  });
});

describe('isAllUp', () => {
  it.each([
    [0, 0, false],
    [8, 7, false],
    [8, 8, true],
  ])('%s targets of which %s are up: %s', (count, targetsUp, expected) => {
    const status = { targets: count, targetsUp, firing: [], notifications: 0, heartbeats: 0 };

    expect(isAllUp(status)).toBe(expected);
  });
});

describe('startWebhook', () => {
  let webhook: Webhook;

  beforeAll(async () => {
    webhook = await startWebhook();
  });

  afterAll(() => webhook.stop());

  const post = (body: string) =>
    fetch(`http://127.0.0.1:${String(webhook.port)}/alerts`, { method: 'POST', body });

  it('keeps what it is told, and refuses what is no JSON', async () => {
    const accepted = await post(JSON.stringify(notification('A')));
    const refused = await post('no JSON');

    expect([accepted.status, refused.status]).toEqual([200, 400]);
    expect(webhook.notifications).toEqual([notification('A')]);
  });
});
