import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { putMetricData } from '../../../instrumentation/cloudwatch/put-metric-data';
import { keptLines } from '../support';

/** CloudWatch that refuses calls until told otherwise. */
async function cloudWatch() {
  const state = { refuses: true, taken: 0, refused: 0 };
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (state.refuses) state.refused += 1;
      else state.taken += 1;
      response.writeHead(state.refuses ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { state, endpoint: `http://127.0.0.1:${String(port)}`, stop: () => server.close() };
}

describe('a publisher by PutMetricData', () => {
  const environment = { ...process.env };

  beforeAll(() => {
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'performance'],
    });
  });

  afterAll(() => {
    jest.useRealTimers();
    process.env = environment;
  });

  it('sends once a minute, makes a refused call again with the next, and sends the rest at the end', async () => {
    const { state, endpoint, stop } = await cloudWatch();
    const kept = keptLines();
    const log = pino({}, kept.destination);
    const publisher = putMetricData({ region: 'eu-central-1', endpoint, namespace: 'RAG/Application', log });
    expect(publisher.publish({ dollars: 0.1, domain: 'a' })).toEqual({});
    expect(state.refused).toBe(0);
    jest.advanceTimersByTime(60_000);
    while (kept.lines().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(kept.lines()).toMatchObject([{ msg: 'QueryCost was not sent', waiting: 1, lost: 0 }]);
    state.refuses = false;
    publisher.publish({ dollars: 0.2, domain: 'a' });
    await publisher.close();
    stop();
    expect(state.taken).toBe(2);
  }, 20_000);
});
