import { join } from 'node:path';
import { dashboardBody } from '../../../constructs/aws/dashboard-body';
import type { AwsModel } from '../../../constructs/aws/aws-model';
import { readContent } from '../../../content/content';
import { cloudWatchContractSchema, cloudWatchFault } from '../../../content/cloudwatch-contract';
import type { CloudWatchQuery } from '../../../content/cloudwatch-contract';
import { modelOf, AWS_ENVIRONMENTS } from '../../support/rendered';

const contract = cloudWatchContractSchema.parse(
  readContent(join(__dirname, '..', '..', '..')).cloudWatch?.document.value,
);

function awsOf(environment: string): AwsModel {
  const { aws } = modelOf(environment);
  if (aws === undefined) throw new Error(`${environment} has no AWS side`);
  return aws;
}

function alarmQueries({ alarms }: AwsModel): CloudWatchQuery[] {
  return alarms.flatMap((alarm) => {
    if (alarm.kind !== 'metric') return [];
    const { namespace, metricName: name, dimensions = {}, statistic } = alarm.metric;
    return [{ namespace, name, dimensions: Object.keys(dimensions), statistic }];
  });
}

/** Lines of the widgets: namespace, name, pairs of dimension and value, options. */
function widgetQueries(model: AwsModel): CloudWatchQuery[] {
  const { widgets } = dashboardBody(model) as {
    widgets: readonly { properties: { metrics?: readonly (readonly unknown[])[] } }[];
  };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .map(([namespace, name, ...rest]) => {
      const options = rest[rest.length - 1] as { readonly stat: string };
      const names = rest.slice(0, -1).filter((_, index) => index % 2 === 0);
      const query = { namespace: namespace as string, name: name as string, statistic: options.stat };
      return { ...query, dimensions: names as string[] };
    });
}

describe.each(AWS_ENVIRONMENTS)('%s', (environment) => {
  it.each([
    ['alarms', alarmQueries],
    ['widgets of the CloudWatch dashboard', widgetQueries],
  ])('asks CloudWatch only for what its contract has: %s', (_where, queriesOf) => {
    const queries = queriesOf(awsOf(environment));

    expect(queries.length).toBeGreaterThan(5);
    expect(queries.map((query) => cloudWatchFault(contract, query)).filter(Boolean)).toEqual([]);
  });
});

it('has nothing that neither an alarm nor a widget nor a board reads', () => {
  const asked = AWS_ENVIRONMENTS.map(awsOf).flatMap((model) => [
    ...alarmQueries(model),
    ...widgetQueries(model),
  ]);

  expect(
    contract.metrics.map(({ name }) => name).filter((name) => !asked.some((q) => q.name === name)),
  ).toEqual([]);
});
