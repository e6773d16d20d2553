import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { putMetricData } from '../../../instrumentation/cloudwatch/put-metric-data';
import { keptLines } from '../support';

const REFUSAL =
  '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>no</Message></Error></ErrorResponse>';

/** CloudWatch that refuses calls until told otherwise, and keeps what it took. */
async function cloudWatch() {
  const state = { refuses: true, taken: [] as URLSearchParams[] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (!state.refuses) state.taken.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(state.refuses ? 400 : 200, { 'content-type': 'text/xml' });
      response.end(state.refuses ? REFUSAL : '<PutMetricDataResponse></PutMetricDataResponse>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails must not keep Jest alive.
  server.unref();
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
    jest.advanceTimersByTime(60_000);
    for (let waits = 0; waits < 500 && kept.lines().length === 0; waits += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(kept.lines()).toMatchObject([{ msg: 'QueryCost was not sent', waiting: 1, lost: 0 }]);
    expect(kept.lines()[0]).toMatchObject({ kind: 'InvalidParameterValueException' });
    state.refuses = false;
    publisher.publish({ dollars: 0.2, domain: 'a' });
    await publisher.close();
    stop();
    const sent = state.taken.map((body) => [
      body.get('Action'),
      body.get('Namespace'),
      body.get('MetricData.member.1.MetricName'),
      body.get('MetricData.member.1.Values.member.1'),
      body.get('MetricData.member.2.Dimensions.member.1.Value'),
    ]);
    expect(sent).toEqual([
      ['PutMetricData', 'RAG/Application', 'QueryCost', '0.1', 'a'],
      ['PutMetricData', 'RAG/Application', 'QueryCost', '0.2', 'a'],
    ]);
  }, 20_000);
});
