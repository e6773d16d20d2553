import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { runLoad, type RunningLoad } from '../../examples/rag-api/load/run-load';
import { scenarioOf } from '../../examples/rag-api/load/scenarios';
import { alarmState } from '../support/alarm-evaluator';
import { isRuleTrue } from '../support/alarm-rule';
import { datapoints } from '../support/alarm-statistics';
import { publishedWithoutDimensions } from '../support/cloudwatch-here';
import { describeWithEngines } from '../support/engines';
import { eventually, getJson } from '../support/eventually';
import { modelOf, stackOf } from '../support/rendered';
import { findTrace } from '../support/traces-here';
import { raisedAlerts, tierOfLabels } from './alerts';
import { emptyQueries, EMPTY_IN_PEACE, serviceQueries } from './panels';
import { ENGINES, environment, startE2eStack, type E2eStack } from './stack';

jest.setTimeout(10 * 60_000);

/** Milliseconds of usual load: an hour of production. */
const QUIET_MS = 120_000;

/** A question that no cache knows, of somebody who gives an address: the service warns of that in its log. */
const QUESTION = 'Order 4711 of ada@example.org: what is the membership fee for students?';

interface Exemplars {
  readonly data: readonly {
    readonly seriesLabels: Readonly<Record<string, string>>;
    readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[];
  }[];
}

describeWithEngines(ENGINES, 'the service at work, from a question to whoever watches', (engines) => {
  let stack: E2eStack;
  let load: RunningLoad;
  let loadedAt: number;

  beforeAll(async () => {
    stack = await startE2eStack(engines);
    load = await runLoad({ scenario: scenarioOf('normal'), rate: 5, targets: stack.targets, seed: 1 });
    loadedAt = Date.now();
  });

  afterAll(async () => {
    await load.stop();
    await stack.stop();
  });

  const jaegerPort = () => Number(new URL(stack.urls.jaeger ?? '').port);

  /** Asks in a trace of our own, and returns its id. */
  async function ask(): Promise<string> {
    const traceId = `${Math.floor(Date.now() / 1_000).toString(16)}${randomBytes(12).toString('hex')}`;
    const answer = await fetch(`${stack.targets['rag-api']}/query`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
      },
      body: JSON.stringify({ question: QUESTION }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('15 euro') as string]);
    return traceId;
  }

  it('stores the trace of a question with all stages in Jaeger, without the question', async () => {
    const trace = await findTrace(jaegerPort(), await ask());
    const names = trace.spans.map(({ operationName }) => operationName);

    expect(names).toEqual(expect.arrayContaining(['POST /query', 'embed', 'retrieve', 'rerank', 'generate']));
    expect(names).toContainEqual(expect.stringMatching(/^chat /));
    expect(JSON.stringify(trace)).not.toContain('membership fee');
  });

  it('writes the id of the trace, as Jaeger and as X-Ray have it, into the log', async () => {
    const traceId = await ask();
    const line = await eventually(
      'a line of the log',
      () =>
        stack.processes
          .get('rag-api')
          ?.logs()
          .split('\n')
          .find((text) => text.includes(traceId) && text.includes('personal data')),
      (text) => text !== undefined,
    );

    expect(JSON.parse(line ?? '')).toMatchObject({
      trace_id: traceId,
      xray_trace_id: `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`,
      message: 'a question holds personal data',
    });
    expect(line).not.toContain('ada@example.org');
  });

  it('leads from an exemplar of each histogram of questions to its trace', async () => {
    const metrics = [
      'rag_request_duration_seconds',
      'rag_query_duration_seconds',
      'rag_stage_duration_seconds',
      'rag_llm_duration_seconds',
    ];
    for (const metric of metrics) {
      const found = await eventually(
        `exemplars of ${metric}`,
        async () => {
          const query = new URLSearchParams({
            query: `${metric}_bucket{job="rag-api"}`,
            start: String(loadedAt / 1_000),
            end: String(Date.now() / 1_000),
          });
          const url = `${stack.urls.prometheus}/api/v1/query_exemplars?${query.toString()}`;
          return ((await getJson(url)) as Exemplars).data.flatMap(({ exemplars }) => exemplars);
        },
        ({ length }) => length > 0,
      );
      const trace = await findTrace(jaegerPort(), found[0]?.labels['trace_id'] ?? '');

      expect([metric, JSON.stringify(trace.processes)]).toEqual([metric, expect.stringContaining('rag-api')]);
    }
  });

  it('sends spans to X-Ray as well, signed', async () => {
    const [request] = await eventually(
      'a request',
      () => stack.receivers.traceRequests(),
      ({ length }) => length > 0,
    );

    expect(request?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=.*\/xray\/aws4_request/);
  });

  it('has the Watchdog arrive at the topic that the heartbeat alarm watches, again and again', async () => {
    const count = await eventually(
      'two heartbeats',
      () => stack.receivers.heartbeats(),
      (beats) => beats >= 2,
    );

    expect(count).toBeGreaterThanOrEqual(2);
  });

  it('has the cost of questions arrive at CloudWatch, where the alarms of the stack are content with it', async () => {
    const alarms = (modelOf('prod').aws?.alarms ?? []).flatMap((alarm) =>
      alarm.kind === 'metric' &&
      alarm.metric.metricName === 'QueryCost' &&
      alarm.condition.kind === 'threshold' &&
      alarm.metric.statistic !== 'p99'
        ? [alarm]
        : [],
    );
    const [first] = alarms;
    if (first === undefined) throw new Error('prod has no alarm on QueryCost');
    const published = await eventually(
      'values of QueryCost',
      () =>
        publishedWithoutDimensions(stack.receivers.aws, first.metric, loadedAt - 60_000, Date.now() + 60_000),
      (values) => values.length > 0,
      120_000,
    );
    const [asked] = datapoints({ statistic: 'SampleCount', periodSeconds: 86_400 }, published);

    expect(asked?.value).toBeGreaterThan(20);
    expect(alarms.map(({ name }) => name)).toContain('rag-cost-anomaly');
    const states = new Map(
      alarms.map((alarm) => {
        const points = datapoints(alarm.metric, published);
        const end = (points.at(-1)?.at ?? NaN) + alarm.metric.periodSeconds * 1_000;
        return [alarm.name, alarmState(alarm, points, end)];
      }),
    );
    expect(new Set(states.values())).toEqual(new Set(['OK']));
    const [composite] = Object.values(stackOf('prod')['aws_cloudwatch_composite_alarm'] ?? {});
    // What is not judged here (a percentile, a band) counts as OK.
    expect(isRuleTrue(String(composite?.['alarm_rule']), (name) => states.get(name) ?? 'OK')).toBe(false);
  });

  it('raises no alert and tells nobody of anything for an hour of production', async () => {
    await sleep(Math.max(0, loadedAt + QUIET_MS - Date.now()));

    expect((await raisedAlerts(stack)).map(({ labels }) => tierOfLabels(labels))).toEqual([]);
    expect(await stack.receivers.messages()).toEqual([]);
    expect(load.totals.failed).toBe(0);
    expect(stack.deaths).toEqual([]);
  });

  it('has a number for every panel of every board that concerns the service, but for those on trouble', async () => {
    const queries = serviceQueries();

    expect(queries.length).toBeGreaterThan(150);
    // The load has a document that cannot be read now and then; here is one for sure.
    await fetch(`${stack.targets['upload-pipeline']}/documents?name=unreadable`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'scan\0\0\0',
    });
    const empty = await eventually(
      'numbers for panels',
      () => emptyQueries(stack, queries),
      ({ length }) => length <= EMPTY_IN_PEACE.length,
    ).catch(() => emptyQueries(stack, queries));

    expect(empty).toEqual(EMPTY_IN_PEACE);
  });

  it('tells of three services that are killed in one message, as one incident', async () => {
    for (const { name } of environment.applications) {
      process.kill(-(stack.processes.get(name)?.pid ?? NaN), 'SIGKILL');
    }
    const messages = await eventually(
      'the message',
      async () =>
        (await stack.receivers.messages()).filter(
          ({ place, alert }) => place === 'Slack #alerts-critical' && alert === 'ServiceDown',
        ),
      (found) => found.some(({ text }) => text.startsWith('[FIRING:3] ServiceDown (critical) in prod')),
    );

    expect(messages.at(-1)?.text).toContain('The RAG service in prod is down');
    expect(messages.length).toBeLessThanOrEqual(3);
  });
});
