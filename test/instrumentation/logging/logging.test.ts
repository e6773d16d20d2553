import { inSpan, startTelemetry } from '../../../instrumentation';
import type { TelemetryOptions } from '../../../instrumentation';
import { startLogging } from '../../../instrumentation/logging/logging';
import { keptLines } from '../support';

const OPTIONS = { service: 'agent-api', version: '2.0.0', environment: 'test' } as const;

function logging(options: Partial<TelemetryOptions> = {}) {
  const kept = keptLines();
  return { log: startLogging({ ...OPTIONS, destination: kept.destination, ...options }), kept };
}

describe('a log line', () => {
  it('has its level as the word that the metric filters count, a time, a message and the service', () => {
    const { log, kept } = logging({ logLevel: 'debug' });
    log.debug('d');
    log.error('e');
    log.fatal({ domain: 'support' }, 'f');
    const lines = kept.lines();
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'error', 'fatal']);
    expect(lines[2]).toMatchObject({ ...OPTIONS, message: 'f', domain: 'support' });
    expect(new Date(String(lines[2]?.['time'])).toISOString()).toBe(lines[2]?.['time']);
  });

  it('is not written below its level, which is info unless told', () => {
    const { log, kept } = logging();
    log.debug('no');
    expect(kept.text()).toBe('');
  });

  it('carries, within a span, the id that Jaeger has and the same as X-Ray writes it', async () => {
    const kept = keptLines();
    const telemetry = startTelemetry({ ...OPTIONS, destination: kept.destination });
    await inSpan(telemetry, 'work', {}, () => {
      telemetry.log.info('inside');
      return Promise.resolve();
    });
    telemetry.log.info('outside');
    const [inside = {}, outside = {}] = kept.lines();
    const traceId = String(inside['trace_id']);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(inside['span_id']).toMatch(/^[0-9a-f]{16}$/);
    expect(inside['xray_trace_id']).toBe(`1-${traceId.slice(0, 8)}-${traceId.slice(8)}`);
    expect(outside).not.toHaveProperty('trace_id');
  });

  it('holds no text of prompts, at the top or one level below', () => {
    const { log, kept } = logging();
    log.info(
      { question: 'who is Lovelace?', request: { prompt: 'who is Lovelace?', model: 'small' } },
      'asked',
    );
    expect(kept.lines()).toMatchObject([
      { question: '[redacted]', request: { prompt: '[redacted]', model: 'small' } },
    ]);
    expect(kept.text()).not.toContain('Lovelace');
  });

  it('tells the kind of an error and where it was thrown, without its text', () => {
    const { log, kept } = logging();
    const error = Object.assign(new TypeError('no answer to: who is Lovelace?'), { code: 'ECONNRESET' });
    log.error(error);
    log.error({ error }, 'failed');
    log.error({ error: 'who is Lovelace?' }, 'failed');
    log.error({ error });
    log.error({ err: error }, "as pino's own examples name it");
    const [plain, named, text, alone, short] = kept.lines();
    expect(plain).toMatchObject({ message: 'TypeError', error: { type: 'TypeError', kind: 'ECONNRESET' } });
    expect(named).toMatchObject({ message: 'failed', error: { type: 'TypeError' } });
    expect((named?.['error'] as { stack: string }).stack).toContain('logging.test.ts');
    expect(text).toMatchObject({ error: '[redacted]' });
    expect(alone).toMatchObject({ message: 'TypeError', error: { type: 'TypeError' } });
    expect(short).toMatchObject({ err: { type: 'TypeError', kind: 'ECONNRESET' } });
    expect(kept.text()).not.toContain('Lovelace');
  });

  it('holds text of prompts and of errors where that is allowed', () => {
    const { log, kept } = logging({ logPromptText: true });
    log.info({ question: 'who is Lovelace?' }, 'asked');
    log.error(new Error('no answer'));
    const [asked, failed] = kept.lines();
    expect(asked).toMatchObject({ question: 'who is Lovelace?' });
    expect(failed).toMatchObject({ message: 'no answer', error: { type: 'Error', message: 'no answer' } });
  });
});
