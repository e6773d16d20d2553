import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Logger } from 'pino';
import { kindOfError } from '../error-kind';
import { TelemetryError } from '../telemetry-error';
import { metricBatches } from './metric-batches';
import type { TimedCost } from './metric-batches';
import type { QueryCost, QueryCostPublisher } from './query-cost';

/** How often values are sent. */
const INTERVAL_MS = 60_000;

/** Calls that wait while CloudWatch is away, older ones go first: some millions of values. */
const MOST_WAITING = 200;

/** Longest wait for one call, the SDK's own attempts included: the end of a process waits for it. */
const SEND_MS = 5000;

/** Refusals of what a call says; any other, such as that of a credential that has run out, may end. */
const FOR_GOOD = /^(?:Invalid|Missing)(?:Required)?Parameter/;

/** Where the metric goes. */
export interface PutMetricDataOptions {
  readonly region: string;
  /** @default - AWS */
  readonly endpoint?: string;
  readonly namespace: string;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Sends the cost of queries each minute by CloudWatch's API. A call that fails is made again with the next, so a value may
 * arrive twice where only the answer was lost, as with the SDK's own retries. A call that CloudWatch finds wrong is lost.
 *
 * @throws TelemetryError without a region
 */
export function putMetricData({
  region,
  endpoint,
  namespace,
  log,
}: PutMetricDataOptions): QueryCostPublisher {
  const cloudWatch = connect(checkedRegion(region), endpoint);
  // The first call tells of a fault; an error that nobody waits for yet would end the process.
  const connected = cloudWatch.catch(() => undefined);
  let costs: TimedCost[] = [];
  let unsent: MetricDatum[][] = [];
  let sending = Promise.resolve();

  const sendAll = async (): Promise<void> => {
    unsent.push(...metricBatches(costs));
    costs = [];
    for (let [first] = unsent; first !== undefined; [first] = unsent) {
      try {
        const { client, PutMetricDataCommand } = await cloudWatch;
        const command = new PutMetricDataCommand({ Namespace: namespace, MetricData: first });
        await client.send(command, { abortSignal: AbortSignal.timeout(SEND_MS) });
        unsent.shift();
      } catch (error) {
        const kind = kindOfError(error);
        const forGood = FOR_GOOD.test(kind);
        const lost = Math.max(forGood ? 1 : 0, unsent.length - MOST_WAITING);
        unsent = unsent.slice(lost);
        log.warn({ kind, waiting: unsent.length, lost }, 'QueryCost was not sent');
        if (!forGood) return;
      }
    }
  };
  const flush = (): Promise<void> => (sending = sending.then(sendAll));
  const timer = setInterval(() => void flush(), INTERVAL_MS);
  // Telemetry keeps no process alive; shutdown sends what is left.
  timer.unref();
  return {
    publish(cost: QueryCost) {
      costs.push({ ...cost, at: Date.now() });
      return {};
    },
    async close() {
      clearInterval(timer);
      await flush();
      (await connected)?.client.destroy();
    },
  };
}

function checkedRegion(region: string): string {
  if (region.trim() !== '') return region;
  throw new TelemetryError({
    where: 'queryCost.region',
    found: JSON.stringify(region),
    allowed: 'a region of AWS',
    mend: 'Give one such as eu-central-1.',
  });
}

/**
 * Loads the SDK only where it is used: it is larger than the rest of the library. It speaks the Query protocol, which
 * every implementation of the API understands; moto 5.2 has no answer to the SDK's own choice, JSON.
 */
async function connect(region: string, endpoint: string | undefined) {
  const [{ CloudWatchClient, PutMetricDataCommand }, { AwsQueryProtocol }] = await Promise.all([
    import('@aws-sdk/client-cloudwatch'),
    import('@aws-sdk/core/protocols'),
  ]);
  const client = new CloudWatchClient({ region, endpoint, protocol: AwsQueryProtocol });
  return { client, PutMetricDataCommand };
}
