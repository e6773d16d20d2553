import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { AlarmMetric } from '../../constructs/aws/alarm-model';
import type { Published } from './alarm-statistics';
import { element, startAws, type AwsHere, type AwsPlaceHere } from './aws-here';

/** CloudWatch as moto plays it, for clients of the present SDK. */
export interface CloudWatchHere {
  /** Address for the SDK. */
  readonly endpoint: string;
  /**
   * What was published of a metric without dimensions, by minute.
   *
   * @param from Unix time in milliseconds
   * @param to Unix time in milliseconds
   */
  published(
    metric: Pick<AlarmMetric, 'namespace' | 'metricName'>,
    from: number,
    to: number,
  ): Promise<Published[]>;
  stop(): Promise<void>;
}

type Parameters = Readonly<Record<string, string>>;

/**
 * Starts moto, and before it a server that turns calls by JSON, which the SDK makes, into calls by the Query protocol: moto
 * knows the protocols of the botocore beside it, and the pinned one has no other for CloudWatch.
 */
export async function startCloudWatch(command: string, place: AwsPlaceHere): Promise<CloudWatchHere> {
  const aws = await startAws(command, place);
  const server = await startTranslator(aws);
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    published: ({ namespace, metricName }, from, to) =>
      withoutDimensions(aws, { Namespace: namespace, MetricName: metricName }, from, to),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await aws.stop();
    },
  };
}

async function startTranslator(aws: AwsHere): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      const action = String(request.headers['x-amz-target']).split('.').pop() ?? '';
      const answer = (status: number, content: object) =>
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(content));
      aws.query('monitoring', action, queryParameters(JSON.parse(text.toString()))).then(
        () => answer(200, {}),
        (error: unknown) => answer(400, { __type: 'InvalidParameterValue', message: String(error) }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A JSON value as the Query protocol writes it: `MetricData.member.1.Value=2`. JSON has times in seconds, Query as text. */
export function queryParameters(value: unknown, name = ''): Parameters {
  if (Array.isArray(value)) {
    return Object.assign(
      {},
      ...value.map((item, index) => queryParameters(item, `${name}.member.${String(index + 1)}`)),
    ) as Parameters;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.assign(
      {},
      ...Object.entries(value).map(([key, item]) =>
        queryParameters(item, name === '' ? key : `${name}.${key}`),
      ),
    ) as Parameters;
  }
  return {
    [name]: name.endsWith('Timestamp') ? new Date(Number(value) * 1000).toISOString() : String(value),
  };
}

/**
 * A question without dimensions is answered by moto with the values of all dimensions together, which CloudWatch never
 * does; so those that have dimensions are taken off again.
 */
async function withoutDimensions(
  aws: AwsHere,
  metric: Parameters,
  from: number,
  to: number,
): Promise<Published[]> {
  const minutes = async (dimensions: Parameters) =>
    minutesOf(
      await aws.query('monitoring', 'GetMetricStatistics', {
        ...metric,
        ...dimensions,
        StartTime: new Date(from).toISOString(),
        EndTime: new Date(to).toISOString(),
        Period: '60',
        'Statistics.member.1': 'Sum',
        'Statistics.member.2': 'SampleCount',
      }),
    );
  const rest = new Map(await minutes({}));
  for (const dimensions of dimensionSets(await aws.query('monitoring', 'ListMetrics', metric))) {
    for (const [at, { sum, count }] of await minutes(dimensions)) {
      const whole = rest.get(at) ?? { sum: 0, count: 0 };
      rest.set(at, { sum: whole.sum - sum, count: whole.count - count });
    }
  }
  return [...rest].map(([at, { sum, count }]) => ({ at, sum, count }));
}

function minutesOf(xml: string): (readonly [at: number, { readonly sum: number; readonly count: number }])[] {
  return xml
    .split('<member>')
    .slice(1)
    .map((member) => [
      Date.parse(element(member, 'Timestamp')),
      { sum: Number(element(member, 'Sum')), count: Number(element(member, 'SampleCount')) },
    ]);
}

/** Each set of dimensions that a metric has, once: moto lists it for each value. */
function dimensionSets(xml: string): readonly Parameters[] {
  const sets = [...xml.matchAll(/<Dimensions>(.*?)<\/Dimensions>/gs)].map(([, inner = '']) =>
    queryParameters({
      Dimensions: inner
        .split('<member>')
        .slice(1)
        .map((member) => ({ Name: element(member, 'Name'), Value: element(member, 'Value') })),
    }),
  );
  const byText = new Map(sets.map((set) => [JSON.stringify(set), set]));
  return [...byText.values()].filter((set) => Object.keys(set).length > 0);
}
