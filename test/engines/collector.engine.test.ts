import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { eventually } from '../support/eventually';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import { ENVIRONMENTS, renderedFolder, type RenderedFolder } from '../support/rendered';
import {
  findTrace,
  sendSpan,
  startSpanProgram,
  type FoundSpan,
  type SpanProgramHere,
} from '../support/traces-here';

jest.setTimeout(60_000);

/** What a pod gets from its role; without any, the signing of X-Ray's exporter refuses to start. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Put together here, so that no secret scanner takes them for real. */
const SECRETS = {
  openAi: ['sk', 'proj-0123456789abcdefghijklmn'].join('-'),
  aws: ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  github: ['ghp', '0123456789abcdefghijklmnopqrstuvwxyz'].join('_'),
  bearer: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  email: 'ada.lovelace@example.org',
  question: 'what does my contract say about salary',
  password: 'correct-horse-battery',
};

/** Whatever must not reach a store of traces, in every place of a span but its links, which no processor reaches. */
const SPAN = {
  name: `POST /users/${SECRETS.email}`,
  error: `401 for key ${SECRETS.openAi}`,
  attributes: {
    'gen_ai.request.model': 'claude-sonnet-4-5',
    'gen_ai.usage.input_tokens': '812',
    'gen_ai.prompt.name': 'answer-with-sources',
    'gen_ai.prompt.0.content': SECRETS.question,
    'gen_ai.input.messages': `[{"role":"user","content":"${SECRETS.question}"}]`,
    'rag.question': SECRETS.question,
    'retrieval.documents.0.document.content': SECRETS.question,
    'http.request.header.authorization': `Bearer ${SECRETS.bearer}`,
    'db.statement': `SELECT 1 -- ${SECRETS.github}`,
    'url.full': `https://api.example.org/v1?user=${SECRETS.email}&model=small`,
    'aws.access': SECRETS.aws,
    'db.connection_string': `postgresql://rag:${SECRETS.password}@db/rag`,
  },
  event: {
    name: `mail to ${SECRETS.email}`,
    attributes: { 'exception.message': `mail to ${SECRETS.email} with ${SECRETS.openAi} failed` },
  },
  resource: { 'process.command_line': `serve --api-key=${SECRETS.openAi} --admin ${SECRETS.email}` },
  scope: { name: 'rag', attributes: { owner: SECRETS.email } },
};

describeWithEngines(
  ['otelcol', 'jaeger'],
  `the rendered configuration in ${engineTitle('otelcol', IMAGES.otelCollector)}`,
  ({ otelcol, jaeger: jaegerCommand }) => {
    let folder: RenderedFolder;

    afterEach(() => {
      folder.remove();
    });

    it.each(ENVIRONMENTS)('is valid, with every component that it names: %s', (environment) => {
      folder = renderedFolder(environment);
      const args = ['validate', `--config=${folder.file('otel-collector/config.yaml')}`];

      // Throws with the Collector's own message if it is not.
      expect(execFileSync(otelcol, args, { encoding: 'utf8', env: CREDENTIALS })).toBe('');
    });

    describe('running on prod', () => {
      let xray: HttpSink;
      let jaeger: SpanProgramHere;
      let collector: SpanProgramHere;

      beforeEach(async () => {
        folder = renderedFolder('prod');
        xray = await startHttpSink();
        jaeger = await startSpanProgram({ command: jaegerCommand, program: 'jaeger', folder });
        collector = await startSpanProgram({
          command: otelcol,
          program: 'otel-collector',
          folder,
          env: CREDENTIALS,
          changes: [
            [['exporters', 'otlp_grpc/jaeger', 'endpoint'], `127.0.0.1:${String(jaeger.port(4317))}`],
            [['exporters', 'otlp_http/xray', 'traces_endpoint'], `${xray.url}/v1/traces`],
          ],
        });
      });

      afterEach(async () => {
        await Promise.all([collector, jaeger, xray].map((program) => program.stop()));
      });

      it('gives Jaeger the span without secrets, addresses and what was asked', async () => {
        const traceId = await sendSpan(collector.port(4318), SPAN);
        const trace = await findTrace(jaeger.port(16686), traceId);
        const [span] = trace.spans;

        expect(leaks(JSON.stringify(trace))).toEqual([]);
        expect(tagsOf(span)).toMatchObject({
          'gen_ai.request.model': 'claude-sonnet-4-5',
          'gen_ai.usage.input_tokens': '812',
          'gen_ai.prompt.name': 'answer-with-sources',
          'url.full': expect.stringMatching(
            /^https:\/\/api\.example\.org\/v1\?user=\*+&model=small$/,
          ) as string,
        });
        expect(span?.operationName).toBe('POST /users/****');
        expect(span?.logs).toHaveLength(1);
      });

      it('signs what it sends to X-Ray, and takes the same out of it', async () => {
        await sendSpan(collector.port(4318), SPAN);
        const [request] = await eventually(
          'spans at X-Ray',
          () => xray.requests,
          (requests) => requests.length > 0,
        );

        expect(request?.path).toBe('/v1/traces');
        expect(request?.headers.authorization).toMatch(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/ap-southeast-2\/xray\/aws4_request, SignedHeaders=/,
        );
        expect(request?.headers['content-encoding']).toBe('gzip');
        const sent = gunzipSync(request?.body ?? '').toString('latin1');
        expect(sent).toContain('claude-sonnet-4-5');
        expect(leaks(sent)).toEqual([]);
      });

      it('takes Zipkin spans', async () => {
        const traceId = 'a'.repeat(32);
        const answer = await fetch(`http://127.0.0.1:${String(collector.port(9411))}/api/v2/spans`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify([
            {
              traceId,
              id: 'b'.repeat(16),
              name: 'from zipkin',
              timestamp: Date.now() * 1_000,
              duration: 1_000,
              localEndpoint: { serviceName: 'rag-api' },
              tags: { 'user.email': SECRETS.email },
            },
          ]),
        });
        expect(answer.status).toBe(202);
        const trace = await findTrace(jaeger.port(16686), traceId);

        expect(trace.spans).toMatchObject([{ operationName: 'from zipkin' }]);
        expect(leaks(JSON.stringify(trace))).toEqual([]);
      });
    });
  },
);

function tagsOf(span: FoundSpan | undefined) {
  return Object.fromEntries((span?.tags ?? []).map(({ key, value }) => [key, value]));
}

/** Names of the secrets that a text still holds. */
function leaks(text: string): string[] {
  return Object.entries(SECRETS)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name);
}
