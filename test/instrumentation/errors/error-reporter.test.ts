import { inSpan } from '../../../instrumentation';
import { errorReporter, NO_ERRORS } from '../../../instrumentation/errors/error-reporter';
import { startHttpSink } from '../../support/http-sink';
import { ragTelemetry } from '../support';

const OPTIONS = { service: 'rag-api', version: '1.0.0', environment: 'test' } as const;

async function reported(
  logPromptText: boolean,
): Promise<{ text: string; paths: string[]; traceId: string | undefined }> {
  const sink = await startHttpSink();
  const telemetry = ragTelemetry({ sentryDsn: `http://key@127.0.0.1:${String(sink.port)}/7`, logPromptText });
  await inSpan(telemetry, 'work', {}, () => {
    telemetry.log.info('inside');
    telemetry.errors.report(new TypeError('who is Lovelace?'), { endpoint: '/query' });
    return Promise.resolve();
  });
  await telemetry.shutdown();
  await sink.stop();
  return {
    text: sink.requests.map(({ body }) => body.toString()).join('\n'),
    paths: sink.requests.map(({ path }) => path.replace(/\?.*/, '')),
    traceId: telemetry.kept.lines()[0]?.['trace_id'] as string | undefined,
  };
}

describe('the reporter of errors', () => {
  it('is none without a DSN', () => {
    expect(errorReporter(OPTIONS)).toBe(NO_ERRORS);
    expect(errorReporter({ ...OPTIONS, sentryDsn: '' })).toBe(NO_ERRORS);
  });

  it('tells Sentry the kind of an error, where it was thrown, its tags and its trace, without its text', async () => {
    const { text, paths, traceId } = await reported(false);
    expect(paths).toEqual(['/api/7/envelope/']);
    expect(text).toContain('"type":"TypeError","value":"[redacted]"');
    expect(text).toContain('error-reporter.test.ts');
    expect(text).toContain('"endpoint":"/query"');
    expect(text).toContain(`"trace_id":"${String(traceId)}"`);
    expect(text).toContain('"release":"rag-api@1.0.0"');
    expect(text).not.toContain('Lovelace');
  });

  it('tells the text where that is allowed', async () => {
    expect((await reported(true)).text).toContain('who is Lovelace?');
  });
});
