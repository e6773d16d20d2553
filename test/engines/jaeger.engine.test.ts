import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { getJson } from '../support/eventually';
import { ENVIRONMENTS, renderedFolder, type RenderedFolder } from '../support/rendered';
import { findTrace, sendSpan, startSpanProgram, type SpanProgramHere } from '../support/traces-here';

jest.setTimeout(60_000);

const title = `the rendered configuration in ${engineTitle('jaeger', IMAGES.jaeger)}`;

describeWithEngines(['jaeger'], title, ({ jaeger: command }) => {
  let folder: RenderedFolder;
  let jaeger: SpanProgramHere;

  const start = async () => {
    jaeger = await startSpanProgram({ command, program: 'jaeger', folder });
  };

  afterEach(async () => {
    await jaeger.stop();
    folder.remove();
  });

  it.each(ENVIRONMENTS)('takes a span by OTLP over HTTP and finds it: %s', async (environment) => {
    folder = renderedFolder(environment);
    await start();
    const traceId = await sendSpan(jaeger.port(4318), { name: `ask in ${environment}` });

    expect(await findTrace(jaeger.port(16686), traceId)).toMatchObject({
      spans: [{ operationName: `ask in ${environment}` }],
    });
    expect(await getJson(`http://127.0.0.1:${String(jaeger.port(16686))}/api/services`)).toMatchObject({
      data: expect.arrayContaining(['rag-api']) as string[],
    });
  });

  it("finds a span again after a restart, with prod's storage", async () => {
    folder = renderedFolder('prod');
    await start();
    const traceId = await sendSpan(jaeger.port(4318), { name: 'before the restart' });
    await findTrace(jaeger.port(16686), traceId);
    await jaeger.stop();
    await start();

    expect(await findTrace(jaeger.port(16686), traceId)).toMatchObject({
      spans: [{ operationName: 'before the restart' }],
    });
  });

  it('counts what it takes under the metric names that Prometheus expects', async () => {
    folder = renderedFolder('local');
    await start();
    const traceId = await sendSpan(jaeger.port(4318), { name: 'counted' });
    await findTrace(jaeger.port(16686), traceId);
    const metrics = await (await fetch(`http://127.0.0.1:${String(jaeger.port(8888))}/metrics`)).text();

    expect(metrics).toMatch(/^otelcol_receiver_accepted_spans_total\{.*\} 1$/m);
  });
});
