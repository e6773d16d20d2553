import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../test/support/programs';
import { renderedFolder } from '../../../test/support/rendered';
import { findTrace, sendSpan, startSpanProgram } from '../../../test/support/traces-here';
import { withCleanup } from '../../processes/cleanup';
import { metricsAt, settledText } from '../producer';
import type { ProducerGroup } from '../producer';

/** Port of the pods' own metrics. */
const METRICS_PORT = 8888;

/** What a pod gets from its role; without any, the signing of X-Ray's exporter refuses to start. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Spans sent: more than the shortened queue of the exporter to X-Ray holds. */
const SPANS = 12;

/** Jaeger, and the Collector that feeds it; X-Ray does not answer, its queue is short and its patience too. */
export const tracesGroup: ProducerGroup<'jaeger' | 'otelcol'> = {
  producers: { jaeger: 'jaeger', 'otel-collector': 'otelcol' },
  engines: ['jaeger', 'otelcol'],
  observe: (engines, wanted) =>
    withCleanup(async (cleanup) => {
      const folder = cleanup.removeLater(renderedFolder('prod'));
      const jaeger = cleanup.stopLater(
        await startSpanProgram({ command: engines.jaeger, program: 'jaeger', folder }),
      );
      const xray = ['exporters', 'otlp_http/xray'];
      const collector = cleanup.stopLater(
        await startSpanProgram({
          command: engines.otelcol,
          program: 'otel-collector',
          folder,
          env: CREDENTIALS,
          changes: [
            [['exporters', 'otlp_grpc/jaeger', 'endpoint'], `127.0.0.1:${String(jaeger.port(4317))}`],
            [[...xray, 'traces_endpoint'], `http://127.0.0.1:${String(await freePort())}/v1/traces`],
            [[...xray, 'sending_queue', 'queue_size'], 1],
            [[...xray, 'sending_queue', 'num_consumers'], 1],
            [[...xray, 'retry_on_failure', 'initial_interval'], '1s'],
            [[...xray, 'retry_on_failure', 'max_interval'], '1s'],
            [[...xray, 'retry_on_failure', 'max_elapsed_time'], '2s'],
            [['processors', 'batch', 'timeout'], '100ms'],
          ],
        }),
      );
      for (let sent = 0; sent < SPANS; sent++) {
        const traceId = await sendSpan(collector.port(4318), { name: `span ${String(sent)}` });
        if (sent === 0) await findTrace(jaeger.port(16686), traceId);
        await sleep(200);
      }
      const read = (port: number) => () => metricsAt(`http://127.0.0.1:${String(port)}/metrics`);
      return {
        'otel-collector': [await settledText(read(collector.port(METRICS_PORT)), wanted['otel-collector'])],
        jaeger: [await settledText(read(jaeger.port(METRICS_PORT)), wanted['jaeger'])],
      };
    }),
};
