import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { groupWaitOf, readWatching, seconds } from '../../../tools/bench/watching';

const ROUTE = {
  receiver: 'default',
  group_wait: '20s',
  routes: [
    { receiver: 'heartbeat', group_wait: '0s' },
    { receiver: 'paging', group_wait: '10s', routes: [{ receiver: 'critical' }] },
    { receiver: 'critical', group_wait: '3m' },
  ],
};

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/api/v1/targets': {
    data: {
      activeTargets: [
        { labels: { job: 'other' }, scrapeInterval: '5s' },
        { labels: { job: 'rag-api' }, scrapeInterval: '1m30s' },
      ],
    },
  },
  '/api/v1/rules': {
    data: {
      groups: [
        { interval: 60, rules: [{ name: 'Other', duration: 1 }] },
        { interval: 30, rules: [{ name: 'Down', duration: 600 }] },
      ],
    },
  },
  '/api/v2/status': { config: { original: JSON.stringify({ route: ROUTE }) } },
};

describe('what a stack is set to', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(({ url: path = '' }, response) => {
      response.end(JSON.stringify(ANSWERS[path.split('?')[0] ?? '']));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is asked of the running programs', async () => {
    const watchers = { prometheus: url, alertmanager: url };
    expect(await readWatching(watchers, 'rag-api', 'Down', 'critical')).toEqual({
      scrape: 90,
      evaluation: 30,
      holds: 600,
      groupWait: 10,
    });
  });

  it('has the wait of the first route to the receiver, or of a route above it', () => {
    expect(groupWaitOf(ROUTE, 'heartbeat')).toBe('0s');
    expect(groupWaitOf(ROUTE, 'critical')).toBe('10s');
    expect(groupWaitOf(ROUTE, 'default')).toBe('20s');
    expect(groupWaitOf({ receiver: 'only' }, 'only')).toBe('30s');
    expect(groupWaitOf({ receiver: 'above', routes: [{ group_wait: '1s' }] }, 'above')).toBe('1s');
    expect(groupWaitOf(ROUTE, 'nobody')).toBeUndefined();
  });

  it('is in seconds', () => {
    expect(['500ms', '15s', '10m', '1h30m', 'soon', ''].map(seconds)).toEqual([0.5, 15, 600, 5400, NaN, NaN]);
  });
});
