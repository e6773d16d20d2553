import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TelemetryError } from '../../../instrumentation';
import { startHttpSink } from '../../support/http-sink';
import { ragTelemetry } from '../support';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

interface SentTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: SentSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const attributesOf = ({ attributes }: { readonly attributes: SentSpan['attributes'] }) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** What happened, who received its spans, and what the process told of itself. */
interface Traced {
  readonly paths: readonly string[];
  readonly resource: Readonly<Record<string, unknown>> | undefined;
  readonly spans: readonly SentSpan[];
  readonly span: (name: string) => SentSpan | undefined;
  readonly exposed: string;
  readonly lines: readonly Record<string, unknown>[];
}

async function runProcess(...args: string[]): Promise<Pick<Traced, 'exposed' | 'lines'>> {
  const script = join(__dirname, 'traced-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, ...args]);
  return JSON.parse(stdout) as Pick<Traced, 'exposed' | 'lines'>;
}

async function traced(traceRatio: string, what: string): Promise<Traced> {
  const sink = await startHttpSink();
  const told = await runProcess(`${sink.url}/`, traceRatio, what);
  await sink.stop();
  const sent = sink.requests.map(({ body }) => JSON.parse(body.toString()) as SentTraces);
  const resources = sent.flatMap(({ resourceSpans }) => resourceSpans);
  const spans = resources.flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans);
  return {
    ...told,
    paths: sink.requests.map(({ path }) => path),
    resource: resources.map(({ resource }) => attributesOf(resource))[0],
    spans,
    span: (name) => spans.find((span) => span.name === name),
  };
}

describe('the trace of a query', () => {
  let query: Traced;

  beforeAll(async () => {
    query = await traced('1', 'answer');
  }, 30_000);

  it('holds its stages, its search and its call, one below the other, of one service', () => {
    const { paths, resource, spans, span } = query;
    expect(paths).toEqual(['/v1/traces']);
    expect(resource).toMatchObject({
      'service.name': 'rag-api',
      'service.version': '1.0.0',
      'deployment.environment.name': 'test',
    });
    const parents = Object.fromEntries(
      spans.map(({ name, parentSpanId }) => [
        name,
        spans.find(({ spanId }) => spanId === parentSpanId)?.name,
      ]),
    );
    expect(parents).toEqual({
      query: undefined,
      retrieve: 'query',
      'retrieval docs': 'retrieve',
      generate: 'query',
      'chat small': 'generate',
    });
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(span('chat small')?.kind).toBe(3);
  });

  it('describes the call by the GenAI conventions, where input holds cached tokens', () => {
    const { span } = query;
    const call = span('chat small');
    expect(call && attributesOf(call)).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'fake',
      'gen_ai.request.model': 'small',
      'gen_ai.response.model': 'small',
      'gen_ai.usage.input_tokens': 103,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_read.input_tokens': 90,
      'gen_ai.usage.cache_write.input_tokens': 3,
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
    });
    const search = span('retrieval docs');
    expect(search && attributesOf(search)).toEqual({
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.data_source.id': 'docs',
      'rag.retrieved_documents': 1,
    });
  });

  it('has an id that begins with the time, as X-Ray wants it', () => {
    const { span } = query;
    const seconds = parseInt(span('query')?.traceId.slice(0, 8) ?? '', 16);
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(60);
  });

  it('is the one that exemplars and log lines name', () => {
    const { span, exposed, lines } = query;
    const traceId = span('query')?.traceId ?? 'none';
    for (const name of [
      'rag_query_duration',
      'rag_stage_duration',
      'rag_llm_duration',
      'rag_vector_search_duration',
    ]) {
      expect(exposed).toMatch(new RegExp(`^${name}_seconds_bucket.* # \\{trace_id="${traceId}"\\}`, 'm'));
    }
    expect(lines).toMatchObject([{ trace_id: traceId, message: 'query answered' }]);
  });

  it('is marked by the kind of an error, without its text', async () => {
    const { spans, span } = await traced('1', 'timeout');
    const marked = spans
      .filter(({ status }) => status.code === 2)
      .map(({ name, status }) => ({ name, status }));
    expect(marked).toEqual(
      ['chat small', 'generate', 'query'].map((name) => ({ name, status: { code: 2 } })),
    );
    const failed = span('chat small');
    expect(failed && attributesOf(failed)).toMatchObject({ 'error.type': 'timeout' });
    expect(JSON.stringify(spans)).not.toContain('Lovelace');
  }, 30_000);

  it('is neither sent nor named by exemplars where it is not kept, and still named in log lines', async () => {
    const { paths, exposed, lines } = await traced('0', 'answer');
    expect(paths).toEqual([]);
    expect(exposed).not.toContain('trace_id');
    expect(lines[0]).toHaveProperty('trace_id');
  }, 30_000);
});

describe('an endpoint for traces', () => {
  it('is refused where it is no address of HTTP', () => {
    const start = () => ragTelemetry({ otlpEndpoint: '127.0.0.1:4317' });
    expect(start).toThrow(TelemetryError);
    expect(start).toThrow(
      'otlpEndpoint: found "127.0.0.1:4317"; allowed: an address of HTTP, without /v1/traces. ' +
        'Give one such as http://127.0.0.1:4318, or leave it out.',
    );
  });
});

describe('a receiver of traces that is away', () => {
  it('keeps no process from ending', async () => {
    const { lines } = await runProcess('http://127.0.0.1:9', '1', 'answer');
    expect(lines).toMatchObject([{ message: 'query answered' }]);
  }, 30_000);
});
