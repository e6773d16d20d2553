import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { putMetricData } from '../../../instrumentation/cloudwatch/put-metric-data';
import { eventually } from '../../support/eventually';
import { keptLines, ragTelemetry } from '../support';

const refusal = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;

/** CloudWatch that refuses calls with `code` while there is one, never answers `silence`, and keeps what it took. */
async function cloudWatch(code?: string) {
  const state = { code, taken: [] as URLSearchParams[] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (state.code === 'silence') return;
      if (state.code === undefined) state.taken.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(state.code === undefined ? 200 : 400, { 'content-type': 'text/xml' });
      response.end(state.code ? refusal(state.code) : '<PutMetricDataResponse></PutMetricDataResponse>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails must not keep Jest alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { state, endpoint: `http://127.0.0.1:${String(port)}`, stop: () => server.close() };
}

function publisherTo(endpoint: string) {
  const kept = keptLines();
  const log = pino({}, kept.destination);
  const options = { region: 'eu-central-1', endpoint, namespace: 'RAG/Application', log };
  return { publisher: putMetricData(options), kept };
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
    const { state, endpoint, stop } = await cloudWatch('ExpiredToken');
    const { publisher, kept } = publisherTo(endpoint);
    expect(publisher.publish({ dollars: 0.1, domain: 'a' })).toEqual({});
    jest.advanceTimersByTime(60_000);
    for (let waits = 0; waits < 500 && kept.lines().length === 0; waits += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(kept.lines()).toMatchObject([{ msg: 'QueryCost was not sent', waiting: 1, lost: 0 }]);
    expect(kept.lines()[0]).toMatchObject({ kind: 'ExpiredToken' });
    state.code = undefined;
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

  it('gives up a call that CloudWatch will never take, so that those behind it arrive', async () => {
    const { state, endpoint, stop } = await cloudWatch('InvalidParameterValue');
    const { publisher, kept } = publisherTo(endpoint);
    publisher.publish({ dollars: 0.1, domain: 'a' });
    jest.advanceTimersByTime(60_000);
    await eventually(
      'a line',
      () => Promise.resolve(kept.lines().length),
      (lines) => lines > 0,
      5000,
    );
    expect(kept.lines()).toMatchObject([{ kind: 'InvalidParameterValueException', waiting: 0, lost: 1 }]);
    state.code = undefined;
    publisher.publish({ dollars: 0.2, domain: 'a' });
    await publisher.close();
    stop();
    expect(state.taken.map((body) => body.get('MetricData.member.1.Values.member.1'))).toEqual(['0.2']);
  }, 20_000);

  it('keeps no process from ending where CloudWatch takes a call and never answers', async () => {
    const { endpoint, stop } = await cloudWatch('silence');
    const { publisher, kept } = publisherTo(endpoint);
    publisher.publish({ dollars: 0.1, domain: 'a' });
    await publisher.close();
    stop();
    expect(kept.lines()).toMatchObject([{ msg: 'QueryCost was not sent', waiting: 1 }]);
  }, 20_000);

  it('is refused without a region', () => {
    const start = () => ragTelemetry({ queryCost: { kind: 'put-metric-data', region: '' } });
    expect(start).toThrow(
      'queryCost.region: found ""; allowed: a region of AWS. Give one such as eu-central-1.',
    );
  });
});
