import { ConfigError } from '../kubernetes/config-error';

/** Physical names of everything that one environment has in AWS. */
export interface AwsNames {
  /** Topic of every message for people. */
  readonly alertTopic: string;
  /** Topic that Alertmanager's Watchdog is published to, and that nobody needs to read. */
  readonly heartbeatTopic: string;
  /** Topics for copies of alarms, by severity; see `subscription-plan.ts`. */
  readonly alarmTopics: { readonly critical: string; readonly warning: string };
  /** With its prefix `alias/`. */
  readonly keyAlias: string;
  readonly logGroup: string;
  readonly budget: string;
  readonly costAnomalyMonitor: string;
  readonly costAnomalySubscription: string;
  readonly dashboard: string;
  readonly alarms: AlarmNames;
  /** Namespace of the metrics that are counted in the logs. */
  readonly logMetricNamespace: string;
}

/** Names of the CloudWatch alarms. */
export interface AlarmNames {
  readonly costAnomaly: string;
  readonly costHourlyBudget: string;
  readonly costOutliers: string;
  readonly costUnusual: string;
  readonly costAbsent: string;
  /** The composite over the four alarms before it. */
  readonly cost: string;
  readonly heartbeat: string;
  readonly deliveryFailed: string;
}

/** Longest name, and the characters that a name may have. */
interface NameLimit {
  readonly length: number;
  readonly characters: RegExp;
  readonly allowed: string;
}

/** From each service's API reference: sns CreateTopic, cloudwatch PutMetricAlarm and PutDashboard, kms CreateAlias, logs CreateLogGroup, iam CreateRole, budgets CreateBudget. */
const LIMITS = {
  topic: { length: 256, characters: /^[A-Za-z0-9_-]+$/, allowed: 'letters, digits, - and _' },
  alarm: { length: 255, characters: /^[ -~]+$/, allowed: 'ASCII characters' },
  alias: { length: 256, characters: /^alias\/[A-Za-z0-9/_-]+$/, allowed: 'letters, digits, /, - and _' },
  'log group': { length: 512, characters: /^[A-Za-z0-9._/#-]+$/, allowed: 'letters, digits, . _ / # and -' },
  role: { length: 64, characters: /^[A-Za-z0-9+=,.@_-]+$/, allowed: 'letters, digits and +=,.@_-' },
  budget: { length: 100, characters: /^[^:\\/]+$/, allowed: 'anything but : \\ and /' },
  dashboard: { length: 255, characters: /^[A-Za-z0-9_-]+$/, allowed: 'letters, digits, - and _' },
} as const satisfies Record<string, NameLimit>;

/** What {@link awsNames} is told. */
export interface AwsNameOptions {
  /** What the environment's names end in: empty for prod, else such as `-dev`. */
  readonly suffix: string;
  /** Name of the EKS cluster, which the log group is called after. */
  readonly clusterName: string;
  /** Place in the settings, for errors. */
  readonly where: string;
}

/**
 * All names of an environment. With an empty suffix they are the plain ones: topic `rag-monitoring-alerts`, alarm
 * `rag-cost-anomaly`, log group `/aws/eks/<cluster>`.
 *
 * @throws ConfigError if a name breaks a limit of its service
 */
export function awsNames(options: AwsNameOptions): AwsNames {
  const { suffix, clusterName, where } = options;
  const named = (kind: keyof typeof LIMITS, name: string) => checkedName(kind, `${name}${suffix}`, where);
  // A cluster of one environment bears the suffix already; a shared one does not.
  const logGroup = `/aws/eks/${clusterName}${clusterName.endsWith(suffix) ? '' : suffix}`;
  return {
    alertTopic: named('topic', 'rag-monitoring-alerts'),
    heartbeatTopic: named('topic', 'rag-monitoring-heartbeat'),
    alarmTopics: {
      critical: named('topic', 'rag-monitoring-alarms-critical'),
      warning: named('topic', 'rag-monitoring-alarms-warning'),
    },
    keyAlias: named('alias', 'alias/rag-monitoring'),
    logGroup: checkedName('log group', logGroup, where),
    budget: named('budget', 'rag-monitoring'),
    costAnomalyMonitor: `rag-monitoring${suffix}`,
    costAnomalySubscription: `rag-monitoring${suffix}`,
    dashboard: named('dashboard', 'rag-monitoring'),
    alarms: {
      costAnomaly: named('alarm', 'rag-cost-anomaly'),
      costHourlyBudget: named('alarm', 'rag-cost-hourly-budget'),
      costOutliers: named('alarm', 'rag-cost-p99'),
      costUnusual: named('alarm', 'rag-cost-unusual'),
      costAbsent: named('alarm', 'rag-cost-absent'),
      cost: named('alarm', 'rag-cost'),
      heartbeat: named('alarm', 'rag-monitoring-heartbeat'),
      deliveryFailed: named('alarm', 'rag-monitoring-delivery-failed'),
    },
    logMetricNamespace: `RAG/Logs${suffix}`,
  };
}

/**
 * Name of a component's IAM role: `rag-monitoring-<component>`, but `EKS-CloudWatch-Role` for the CloudWatch agent.
 *
 * @throws ConfigError if it is longer than IAM allows
 */
export function roleName(component: string, suffix: string, where: string): string {
  const name = component === 'cloudwatch-agent' ? 'EKS-CloudWatch-Role' : `rag-monitoring-${component}`;
  return checkedName('role', `${name}${suffix}`, where);
}

function checkedName(kind: keyof typeof LIMITS, name: string, where: string): string {
  const limit: NameLimit = LIMITS[kind];
  if (name.length > limit.length) {
    throw new ConfigError({
      where,
      found: `the name of the ${kind}, "${name}", has ${String(name.length)} characters`,
      allowed: `at most ${String(limit.length)}`,
      mend: "shorten the environment's name or the cluster's",
    });
  }
  if (!limit.characters.test(name)) {
    throw new ConfigError({
      where,
      found: `the name of the ${kind}, "${name}"`,
      allowed: limit.allowed,
      mend: "take the other characters out of the environment's name or the cluster's",
    });
  }
  return name;
}
