import type { AwsAccount, ClusterAccess } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import type { AlarmModel, AlarmSeverity } from './alarm-model';
import {
  awsPlace,
  clusterArn,
  dnsSuffix,
  logGroupArn,
  regionOf,
  roleArn,
  topicArn,
  type AwsPlace,
} from './arn';
import { awsNames, roleName, type AwsNames } from './aws-names';
import { costAlarms, type CostAlarmOptions } from './cost-alarms';
import { checkedRetention } from './log-retention';
import { stackAlarms } from './stack-alarms';
import { copiedSeverities, subscriptionPlan, type SubscriptionModel } from './subscription-plan';

/** Value of the tag `Project`, by which cost is counted. */
export const PROJECT = 'rag-monitoring';

/** Everything of one environment in AWS, as plain values: names, ARNs, alarms, subscriptions. */
export interface AwsModel extends AwsPlace {
  /** Domain of the partition's endpoints. */
  readonly dnsSuffix: string;
  /** What names end in. */
  readonly suffix: string;
  readonly cluster: {
    readonly name: string;
    readonly arn: string;
    readonly identity: 'pod-identity' | 'irsa';
  };
  readonly names: AwsNames;
  readonly arns: {
    readonly alertTopic: string;
    readonly heartbeatTopic: string;
    /** Without the `:*` that stands for its streams. */
    readonly logGroup: string;
  };
  /**
   * Role of Alertmanager, which publishes to both topics.
   * @default - Alertmanager does not publish to SNS, and there is no heartbeat
   */
  readonly publisherRoleArn?: string;
  readonly topics: readonly TopicModel[];
  readonly subscriptions: readonly SubscriptionModel[];
  readonly alarms: readonly AlarmModel[];
  /** Namespace of the application's own metrics. */
  readonly metricNamespace: string;
  readonly logRetentionDays: number;
  /** Monthly limit in USD. @default - no budget */
  readonly monthlyBudgetDollars?: number;
  /** Smallest cost anomaly that is told, USD. @default - the partition has no Cost Anomaly Detection */
  readonly costAnomalyImpactDollars?: number;
  /** Whether there is a CloudWatch dashboard. */
  readonly dashboard: boolean;
}

/** A topic and who may publish to it. */
export interface TopicModel {
  readonly key: 'alerts' | 'heartbeat' | AlarmSeverity;
  readonly name: string;
  readonly arn: string;
  readonly senders: readonly Sender[];
}

/** Who publishes to a topic. */
export type Sender = 'alarms' | 'budgets' | 'cost-anomaly' | 'alertmanager';

/** What {@link awsModel} is told. */
export interface AwsModelOptions {
  readonly account: AwsAccount;
  readonly cluster: Extract<ClusterAccess, { kind: 'eks' }>;
  /** What names end in: empty for prod. */
  readonly suffix: string;
  readonly thresholds: CostAlarmOptions['thresholds'];
  /** Days that log events are kept. */
  readonly logRetentionDays: number;
  /** The environment's name, for errors. */
  readonly where: string;
  /**
   * Whether Alertmanager publishes critical alerts and the Watchdog.
   * @default true
   */
  readonly alertmanagerPublishes?: boolean;
  /**
   * Namespace that the application publishes QueryCost to. Two environments in one account and region need two, or
   * each one's alarms read both.
   * @default 'RAG/Application'
   */
  readonly metricNamespace?: string;
  /**
   * Hours, 1 to 24, without a single query after which the cost metric counts as lost.
   * @default 6
   */
  readonly costAbsentAfterHours?: number;
}

/**
 * The AWS side of one environment.
 *
 * @throws ConfigError if a name, number or subscription is one that AWS would refuse or that would lose messages
 */
export function awsModel(options: AwsModelOptions): AwsModel {
  const { account, cluster, suffix, where } = options;
  const place = awsPlace(account.accountId, regionOf(account), `${where}.aws`);
  const names = awsNames({ suffix, clusterName: cluster.name, where });
  const publishes = options.alertmanagerPublishes ?? true;
  const metricNamespace = options.metricNamespace ?? 'RAG/Application';
  const subscriptions = subscriptionPlan(account.subscriptions, `${where}.aws.subscriptions`);
  const copies = copiedSeverities(subscriptions);
  const actionsFor = (severity: AlarmSeverity) => [
    topicArn(place, names.alertTopic),
    ...(copies.includes(severity) ? [topicArn(place, names.alarmTopics[severity])] : []),
  ];
  return {
    ...place,
    dnsSuffix: dnsSuffix(place.partition),
    suffix,
    cluster: {
      name: cluster.name,
      arn: clusterArn(place, cluster.name),
      identity: cluster.identity ?? 'pod-identity',
    },
    names,
    arns: {
      alertTopic: topicArn(place, names.alertTopic),
      heartbeatTopic: topicArn(place, names.heartbeatTopic),
      logGroup: logGroupArn(place, names.logGroup),
    },
    publisherRoleArn: publishes ? roleArn(place, roleName('alertmanager', suffix, where)) : undefined,
    topics: topics(place, names, publishes, copies),
    subscriptions,
    alarms: [
      ...costAlarms({
        names: names.alarms,
        thresholds: options.thresholds,
        metricNamespace,
        absentAfterHours: checkedHours(options.costAbsentAfterHours ?? 6, where),
        actionsFor,
      }),
      ...stackAlarms({ names, heartbeat: publishes, actionsFor }),
    ],
    metricNamespace,
    logRetentionDays: checkedRetention(options.logRetentionDays, `${where}.logs.retentionDays`),
    ...money(account, place, where),
    dashboard: account.cloudWatchDashboard ?? false,
  };
}

/** ARN of the role of a component. */
export function componentRoleArn(model: AwsModel, component: string): string {
  return roleArn(model, roleName(component, model.suffix, component));
}

function topics(
  place: AwsPlace,
  names: AwsNames,
  publishes: boolean,
  copies: readonly AlarmSeverity[],
): TopicModel[] {
  const topic = (key: TopicModel['key'], name: string, senders: readonly Sender[]): TopicModel => ({
    key,
    name,
    arn: topicArn(place, name),
    senders,
  });
  const billing = hasBilling(place) ? (['budgets', 'cost-anomaly'] as const) : [];
  return [
    topic('alerts', names.alertTopic, [
      'alarms',
      ...billing,
      ...(publishes ? (['alertmanager'] as const) : []),
    ]),
    ...(publishes ? [topic('heartbeat', names.heartbeatTopic, ['alertmanager'])] : []),
    ...copies.map((severity) => topic(severity, names.alarmTopics[severity], ['alarms'])),
  ];
}

/** What an account of AWS GovCloud (US) costs is billed to, and seen in, the standard account that it belongs to. */
function hasBilling(place: AwsPlace): boolean {
  return place.partition !== 'aws-us-gov';
}

function money(account: AwsAccount, place: AwsPlace, where: string) {
  const { monthlyBudgetDollars, costAnomalyImpactDollars } = account;
  for (const [field, value] of Object.entries({ monthlyBudgetDollars, costAnomalyImpactDollars })) {
    if (value === undefined) continue;
    if (!hasBilling(place)) {
      throw new ConfigError({
        where: `${where}.aws.${field}`,
        found: `${String(value)} in ${place.region}`,
        allowed: 'nothing: accounts of AWS GovCloud (US) have neither Budgets nor Cost Anomaly Detection',
        mend: 'remove the field, and set the budget in the standard account that gets the bill',
      });
    }
    if (!(value > 0)) {
      throw new ConfigError({
        where: `${where}.aws.${field}`,
        found: String(value),
        allowed: 'more than 0 US dollars',
        mend: 'write the amount, or remove the field',
      });
    }
  }
  return {
    monthlyBudgetDollars,
    costAnomalyImpactDollars: hasBilling(place) ? (costAnomalyImpactDollars ?? 20) : undefined,
  };
}

function checkedHours(hours: number, where: string): number {
  if (Number.isInteger(hours) && hours >= 1 && hours <= 24) return hours;
  throw new ConfigError({
    where: `${where}: costAbsentAfterHours`,
    found: String(hours),
    allowed: 'a whole number from 1 to 24',
    mend: 'take the longest stretch of hours without a query, and add one',
  });
}
