import type { Environment } from '../../environments/environment';
import { shown, type EnvironmentProblem } from './problem';
import { tiersInOrder } from './tiers';

/** A rule over several fields of one environment. */
type Rule = (environment: Environment) => readonly EnvironmentProblem[];

/** Days that CloudWatch Logs can keep events (docs.aws.amazon.com, API_PutRetentionPolicy). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Values that are each well-formed but make no sense together. */
export function senseProblems(environment: Environment): readonly EnvironmentProblem[] {
  return RULES.flatMap((rule) => rule(environment));
}

const RULES: readonly Rule[] = [
  tiersInOrder,
  function retentionFitsTheVolume({ prometheus }) {
    const { retentionSizeGiB, volume } = prometheus;
    if (retentionSizeGiB === undefined || retentionSizeGiB < volume.sizeGiB) return [];
    return [
      {
        path: ['prometheus', 'retentionSizeGiB'],
        found: `is ${shown(retentionSizeGiB)} on a volume of ${shown(volume.sizeGiB)} GiB: the disk is full before anything is dropped`,
        allowed: `below ${shown(volume.sizeGiB)}, with room for the write-ahead log`,
        mend: 'leave it out (80 % of the volume is taken) or enlarge prometheus.volume.sizeGiB',
      },
    ];
  },
  function memoryLimitIsNotBelowTheRequest(environment) {
    return resourcesOf(environment).flatMap(([path, { memoryMiB, memoryLimitMiB }]) =>
      memoryLimitMiB === undefined || memoryLimitMiB >= memoryMiB
        ? []
        : [
            {
              path: [...path, 'memoryLimitMiB'],
              found: `is ${shown(memoryLimitMiB)}, below the request of ${shown(memoryMiB)}`,
              allowed: `at least ${shown(memoryMiB)}`,
              mend: 'raise the limit or lower memoryMiB',
            },
          ],
    );
  },
  function logRetentionIsOneThatCloudWatchHas({ aws, logs }) {
    if (aws === undefined || LOG_RETENTION_DAYS.includes(logs.retentionDays)) return [];
    return [
      {
        path: ['logs', 'retentionDays'],
        found: `is ${shown(logs.retentionDays)}`,
        allowed: LOG_RETENTION_DAYS.join(', '),
        mend: 'take the next one above',
      },
    ];
  },
  function whatNeedsAwsHasAws({ aws, alertmanager, xray, cluster }) {
    if (aws !== undefined) return [];
    const needing: [readonly string[], boolean][] = [
      [['alertmanager', 'receivers', 'sns'], alertmanager.receivers.sns === true],
      [['xray'], xray !== undefined],
      [['cluster'], cluster.kind === 'eks'],
    ];
    return needing
      .filter(([, used]) => used)
      .map(([path]) => ({
        path,
        found: 'needs an AWS account, and the environment has none',
        allowed: 'only together with the field aws',
        mend: 'add aws: { accountId, ... } or take this out',
      }));
  },
  function everyPageReachesSomebody({ aws, alertmanager }) {
    const { slack, pagerduty, email, webhook, sns } = alertmanager.receivers;
    const viaSns = aws !== undefined && sns !== false;
    const critical = [slack, pagerduty, email, webhook].some((receiver) => receiver !== undefined) || viaSns;
    const warning = [slack, email, webhook].some((receiver) => receiver !== undefined);
    return [
      ...(critical ? [] : [noReceiver('critical', 'slack, pagerduty, email, webhook, sns')]),
      ...(warning ? [] : [noReceiver('warning', 'slack, email, webhook')]),
    ];
  },
  function teamsUseReceiversThatExist({ alertmanager }) {
    const { slack, email, teams } = alertmanager.receivers;
    return (teams ?? []).flatMap((team, index) => {
      const path = ['alertmanager', 'receivers', 'teams', index];
      return [
        ...(team.slackChannel !== undefined && slack === undefined
          ? [notDefined([...path, 'slackChannel'], 'slack')]
          : []),
        ...(team.emails !== undefined && email === undefined
          ? [notDefined([...path, 'emails'], 'email')]
          : []),
        ...(team.slackChannel === undefined && team.emails === undefined
          ? [
              {
                path,
                found: `gives team ${shown(team.team)} nothing to be reached by`,
                allowed: 'slackChannel, emails or both',
                mend: 'add one of them or remove the route',
              },
            ]
          : []),
      ];
    });
  },
  function grafanaReplicasShareADatabase({ grafana }) {
    if ((grafana.replicas ?? 1) === 1 || grafana.storage?.kind === 'postgres') return [];
    return [
      {
        path: ['grafana', 'replicas'],
        found: `is ${shown(grafana.replicas)}, and each replica would have a database of its own`,
        allowed: '1, or more with storage of kind postgres',
        mend: 'use one replica or add storage: { kind: "postgres", ... }',
      },
    ];
  },
  function autoscalingStaysInTheApplication({ autoscaling, namespaces }) {
    if (autoscaling === undefined) return [];
    const { namespace, minReplicas, maxReplicas } = autoscaling;
    return [
      ...(namespaces.application.includes(namespace)
        ? []
        : [
            {
              path: ['autoscaling', 'namespace'],
              found: `is ${shown(namespace)}`,
              allowed: namespaces.application.join(', '),
              mend: 'name one of namespaces.application',
            },
          ]),
      ...(minReplicas <= maxReplicas
        ? []
        : [
            {
              path: ['autoscaling', 'minReplicas'],
              found: `is ${shown(minReplicas)}, above maxReplicas ${shown(maxReplicas)}`,
              allowed: `at most ${shown(maxReplicas)}`,
              mend: 'lower it or raise maxReplicas',
            },
          ]),
    ];
  },
  function namespacesAreDistinct({ namespaces }) {
    const all = [namespaces.monitoring, namespaces.agents, ...namespaces.application];
    const twice = all.find((name, index) => all.indexOf(name) !== index);
    if (twice === undefined) return [];
    return [
      {
        path: ['namespaces'],
        found: `has ${shown(twice)} twice`,
        allowed: 'a namespace of its own for monitoring, for agents and for each part of the application',
        mend: 'rename one of them',
      },
    ];
  },
  function jobsHaveNamesOfTheirOwn({ scrape, applications }) {
    const jobs = [...(scrape.services ?? []), ...(scrape.static ?? []), ...(scrape.federation ?? [])].map(
      ({ job }) => job,
    );
    const all = [...applications.map(({ name }) => name), ...jobs];
    const twice = all.find((name, index) => all.indexOf(name) !== index);
    if (twice === undefined) return [];
    return [
      {
        path: ['scrape'],
        found: `has the job ${shown(twice)} twice`,
        allowed: 'one job a name; each service of the application has the job of its own name',
        mend: 'rename one of them',
      },
    ];
  },
  function targetsAreOfServicesThatExist({ scrape, applications }) {
    const names = applications.map(({ name }) => name);
    return (['services', 'static'] as const).flatMap((kind) =>
      (scrape[kind] ?? []).flatMap(({ application }, index) =>
        application === undefined || names.includes(application)
          ? []
          : [
              {
                path: ['scrape', kind, index, 'application'],
                found: `is ${shown(application)}`,
                allowed: names.join(', '),
                mend: 'name one of applications, or leave it out where the target is none of them',
              },
            ],
      ),
    );
  },
];

function noReceiver(severity: string, allowed: string): EnvironmentProblem {
  return {
    path: ['alertmanager', 'receivers'],
    found: `sends ${severity} alerts to nobody`,
    allowed: `at least one of ${allowed}`,
    mend: 'name a receiver',
  };
}

function notDefined(path: readonly PropertyKey[], receiver: string): EnvironmentProblem {
  return {
    path,
    found: `uses the receiver ${receiver}, which is not defined`,
    allowed: 'receivers that the environment defines',
    mend: `add alertmanager.receivers.${receiver} or take this out`,
  };
}

function resourcesOf(environment: Environment) {
  const named = {
    prometheus: environment.prometheus,
    alertmanager: environment.alertmanager,
    grafana: environment.grafana,
    logs: environment.logs,
    jaeger: environment.jaeger,
    collector: environment.collector,
    xray: environment.xray,
    postgresExporter: environment.postgresExporter,
  };
  return Object.entries(named).flatMap(([name, settings]) =>
    settings === undefined ? [] : [[[name, 'resources'], settings.resources] as const],
  );
}
