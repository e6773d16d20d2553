/**
 * A process with traces on, for tests: Jest's own loader has no dynamic import, by which the OTLP exporter loads HTTP.
 * Arguments: endpoint, share of traces kept, what happens (`answer` or `timeout`). Writes what it exposed and logged.
 */
import { modelCall, monitoredQuery, stage, vectorSearch } from '../../../instrumentation';
import { exposition } from '../../../instrumentation/metrics/exposition';
import { ragTelemetry } from '../support';

const CALL = { provider: 'fake', model: 'small' };
const USAGE = { ...CALL, inputTokens: 10, outputTokens: 5, cacheReadTokens: 90, cacheWriteTokens: 3 };

async function main(otlpEndpoint = '', traceRatio = '1', what = 'answer'): Promise<void> {
  const telemetry = ragTelemetry({ otlpEndpoint, traceRatio: Number(traceRatio) });
  const answer = (firstToken: () => void) => {
    if (what === 'timeout') {
      return Promise.reject(Object.assign(new Error('who is Lovelace?'), { outcome: 'timeout' }));
    }
    firstToken();
    return Promise.resolve({ usage: USAGE });
  };
  await monitoredQuery(telemetry, { domain: 'support' }, async () => {
    await stage(telemetry, 'retrieve', {}, () =>
      vectorSearch(telemetry, { index: 'docs' }, () => Promise.resolve({ scores: [0.5] })),
    );
    const call = await stage(telemetry, 'generate', {}, () => modelCall(telemetry, CALL, answer));
    return { usage: [call.usage] };
  }).catch(() => undefined);
  const exposed = await exposition(telemetry.registry, 'openmetrics');
  await telemetry.shutdown();
  process.stdout.write(JSON.stringify({ exposed, lines: telemetry.kept.lines() }));
}

void main(...process.argv.slice(2));
