import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Environment } from '../../environments/environment';
import { prod } from '../../environments/prod';
import type { Targets } from '../../examples/rag-api/load/run-load';
import { startStack, type RunningStack } from '../../tools/demo/running-stack';
import { exampleServices, type Service } from '../../tools/demo/services';
import { startTogether } from '../../tools/processes/cleanup';
import type { EnginePaths } from '../support/engines';
import { layUsualDay, type UsualSeries } from './usual-day';
import { withServicesHere } from '../support/alertmanager-here';
import { compressedFiles, compressedThresholds } from './compressed-time';
import { startReceivers, type Receivers } from './receivers';

/** How many times faster than in production time passes for monitoring: 15 s between two scrapes are half a second. */
export const FACTOR = 30;

/** Programs that a stack needs; of this machine's own load, the node exporter would tell, it says nothing. */
export const ENGINES = [
  'prometheus',
  'promtool',
  'alertmanager',
  'jaeger',
  'otelcol',
  'moto_server',
] as const;

/** Where each of them is. */
export type Engines = EnginePaths<(typeof ENGINES)[number]>;

/** What the pods get from their roles; moto takes any. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Seconds that Prometheus looks back for the last sample of a series, which is no duration of any file. */
const LOOKBACK_SECONDS = 300;

/** Seconds of a day, which the agent counts its users in. */
const DAY_SECONDS = 86_400;

/** Production with everything that can be told by: a webhook as well, which it does not have by itself. */
export const environment: Environment = {
  ...prod,
  thresholds: compressedThresholds(prod.thresholds, FACTOR),
  alertmanager: {
    ...prod.alertmanager,
    receivers: {
      ...prod.alertmanager.receivers,
      webhook: { url: 'http://receiver.internal:5001/alerts', port: 5001, cidrs: ['10.30.0.0/16'] },
    },
  },
};

/** Production's stack with the example services, in compressed time. */
export interface E2eStack extends RunningStack {
  readonly receivers: Receivers;
  readonly targets: Targets;
  /** When it was ready, as `Date.now()` says it. */
  readonly startedAt: number;
  /** Parts that ended by themselves, with the end of their logs. */
  readonly deaths: readonly string[];
}

/**
 * Starts everything but load.
 *
 * @param yesterday what alerts find when they look back; nothing by default
 */
export async function startE2eStack(
  engines: Engines,
  yesterday: readonly UsualSeries[] = [],
): Promise<E2eStack> {
  return startTogether(async (cleanup) => {
    const receivers = cleanup.stopLater(await startReceivers(engines.moto_server));
    const deaths: string[] = [];
    const stack = cleanup.stopLater(
      await startStack({
        environment,
        programs: {
          prometheus: { command: engines.prometheus },
          alertmanager: { command: engines.alertmanager },
          jaeger: { command: engines.jaeger },
          'otel-collector': { command: engines.otelcol },
        },
        services: exampleServices(environment.applications.map(({ name }) => name)).map((service) =>
          withVariables(service, receivers.aws.url),
        ),
        compress: (files) => filesHere(files, receivers),
        prepare: (folder) =>
          layUsualDay(engines.promtool, yesterday, join(folder, 'prometheus-data'), FACTOR),
        variables: { alertmanager: CREDENTIALS, 'otel-collector': CREDENTIALS },
        extraArguments: { prometheus: [`--query.lookback-delta=${String(LOOKBACK_SECONDS / FACTOR)}s`] },
        onDeath: (part, how, log) => deaths.push(`${part} ended with ${how}: ${log.slice(-2_000)}`),
      }),
    );
    return { ...stack, receivers, targets: targetsOf(stack), startedAt: Date.now(), deaths };
  });
}

function targetsOf({ urls }: RunningStack): Targets {
  const url = (name: string) => urls.services[name] ?? '';
  return {
    'rag-api': url('rag-api'),
    'upload-pipeline': url('upload-pipeline'),
    'agent-api': url('agent-api'),
  };
}

/** The services as production runs them, with moto as AWS. */
function withVariables(service: Service, awsUrl: string): Service {
  return {
    ...service,
    command: (surroundings) => {
      const command = service.command(surroundings);
      return {
        ...command,
        env: {
          ...command.env,
          ...CREDENTIALS,
          ENVIRONMENT: environment.name,
          DAY_SECONDS: String(DAY_SECONDS / FACTOR),
          QUERY_COST: 'put-metric-data',
          AWS_REGION: environment.aws?.region ?? '',
          CLOUDWATCH_ENDPOINT: awsUrl,
        },
      };
    },
  };
}

function filesHere(files: ReadonlyMap<string, string>, receivers: Receivers): ReadonlyMap<string, string> {
  const changed = new Map(compressedFiles(files, FACTOR));
  const change = (name: string, how: (text: string) => string) => {
    changed.set(name, how(changed.get(name) ?? ''));
  };
  change('alertmanager/alertmanager.yml', (text) => withServicesHere(text, receivers.services));
  change('otel-collector/config.yaml', (text) => {
    const config = parseDocument(text);
    config.setIn(['exporters', 'otlp_http/xray', 'traces_endpoint'], receivers.tracesUrl);
    return config.toString();
  });
  return changed;
}
