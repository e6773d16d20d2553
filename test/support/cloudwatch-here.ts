import type { AlarmMetric } from '../../constructs/aws/alarm-model';
import type { Published } from './alarm-statistics';
import { element, startAws, type AwsHere, type AwsPlaceHere } from './aws-here';

/** CloudWatch as moto plays it. */
export interface CloudWatchHere {
  /** Address for those who publish. */
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

/** Starts moto. */
export async function startCloudWatch(command: string, place: AwsPlaceHere): Promise<CloudWatchHere> {
  const aws = await startAws(command, place);
  return {
    endpoint: aws.url,
    published: (metric, from, to) => publishedWithoutDimensions(aws, metric, from, to),
    stop: () => aws.stop(),
  };
}

/**
 * What was published of a metric without dimensions, by minute.
 *
 * A question without dimensions is answered by moto with the values of all dimensions together, which CloudWatch never
 * does; so those that have dimensions are taken off again.
 */
export async function publishedWithoutDimensions(
  aws: AwsHere,
  { namespace, metricName }: Pick<AlarmMetric, 'namespace' | 'metricName'>,
  from: number,
  to: number,
): Promise<Published[]> {
  const metric = { Namespace: namespace, MetricName: metricName };
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
  const sets = [...xml.matchAll(/<Dimensions>(.*?)<\/Dimensions>/gs)].map(([, inner = '']) => {
    const members = inner.split('<member>').slice(1);
    return Object.fromEntries(
      members.flatMap((member, index) =>
        ['Name', 'Value'].map((key) => [
          `Dimensions.member.${String(index + 1)}.${key}`,
          element(member, key),
        ]),
      ),
    );
  });
  const byText = new Map(sets.map((set) => [JSON.stringify(set), set]));
  return [...byText.values()].filter((set) => Object.keys(set).length > 0);
}
