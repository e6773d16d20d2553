import { local } from '../../../environments/local';
import { SCENARIOS } from '../../../examples/rag-api/load/scenarios';
import { introduction, watch } from '../../../tools/demo/demonstration';
import { expectation, loadCommand, loadTargets } from '../../../tools/demo/load';
import type { RunningStack } from '../../../tools/demo/running-stack';
import { exampleServices } from '../../../tools/demo/services';
import { silenceLeftOut } from '../../../tools/demo/silence';
import { terminal } from '../../../tools/demo/terminal';
import { startHttpSink } from '../../support/http-sink';

function aStack(url: string): RunningStack {
  return {
    urls: {
      prometheus: url,
      alertmanager: url,
      webhook: 'http://127.0.0.1:3',
      services: { 'rag-api': 'http://127.0.0.1:4' },
    },
    folder: '/somewhere',
    leftOut: [
      { job: 'kubelet', why: 'there is no Kubernetes here' },
      { job: 'cadvisor', why: 'there is no Kubernetes here' },
      { job: 'jaeger', why: 'the program does not run here' },
    ],
    unread: ['Alertmanager 0.25: inhibitions have no names'],
    webhook: { notifications: [] },
    processes: new Map(),
    stop: () => Promise.resolve(),
  };
}

describe('introduction', () => {
  it('says where everything is, what is left out and why, and what an older program does not read', () => {
    expect(introduction(aStack('http://127.0.0.1:1'))).toEqual([
      '',
      'Prometheus       http://127.0.0.1:1',
      'Alertmanager     http://127.0.0.1:1',
      'rag-api          http://127.0.0.1:4',
      'Files and logs   /somewhere',
      '',
      'Left out, with alerts about it silenced:',
      '  kubelet, cadvisor: there is no Kubernetes here',
      '  jaeger: the program does not run here',
      'Programs older than the deployed ones:',
      '  Alertmanager 0.25: inhibitions have no names',
      '',
    ]);
  });
});

describe('watch', () => {
  it('says once that all targets are up, and shows the status until it is told to end', async () => {
    const sink = await startHttpSink(({ path }) =>
      path.startsWith('/api/v1/targets') ? { data: { activeTargets: [{ health: 'up' }] } } : [],
    );
    const end = new AbortController();
    const lines: string[] = [];
    const shown: string[] = [];
    const output = {
      line: (text: string) => lines.push(text),
      status: (text: string) => {
        if (shown.push(text) === 2) end.abort();
      },
    };
    await watch(aStack(sink.url), output, Date.now(), end.signal);
    await sink.stop();

    expect(lines).toEqual([expect.stringMatching(/^all targets up: 1, \d+\.\d s after the start$/)]);
    expect(shown).toHaveLength(2);
  });

  it('shows nothing while the programs do not answer', async () => {
    const end = new AbortController();
    const shown: string[] = [];
    setTimeout(() => {
      end.abort();
    }, 200);
    const show = (text: string) => shown.push(text);
    await watch(aStack('http://127.0.0.1:1'), { line: show, status: show }, Date.now(), end.signal);

    expect(shown).toEqual([]);
  });
});

describe('terminal', () => {
  const written = (stream: { readonly isTTY?: boolean; readonly columns?: number }) => {
    const texts: string[] = [];
    const output = terminal({ ...stream, write: (text) => texts.push(text) });
    output.status('one');
    output.status('one');
    output.line('a line');
    output.status('three');
    output.status('');
    output.line('the end');
    return texts;
  };

  it('replaces the status in place, under the lines that stay', () => {
    const clear = '\r\u001b[2K';

    expect(written({ isTTY: true, columns: 5 })).toEqual([
      `${clear}one`,
      `${clear}a line\none`,
      `${clear}thre`,
      clear,
      `${clear}the end\n`,
    ]);
  });

  it('writes each status that differs as a line where nothing can be replaced', () => {
    expect(written({})).toEqual(['one\n', 'a line\n', 'three\n', 'the end\n']);
  });
});

describe('silenceLeftOut', () => {
  it('silences every job that has no target here', async () => {
    const sink = await startHttpSink();
    await silenceLeftOut(sink.url, aStack('').leftOut);
    await silenceLeftOut(sink.url, []);
    await sink.stop();

    expect(sink.requests.map(({ path }) => path)).toEqual(['/api/v2/silences']);
    expect(JSON.parse(String(sink.requests[0]?.body))).toMatchObject({
      matchers: [{ name: 'job', value: 'kubelet|cadvisor|jaeger', isRegex: true, isEqual: true }],
    });
  });
});

describe('the commands of the example', () => {
  const surroundings = {
    port: 8000,
    otlpEndpoint: 'http://127.0.0.1:4318',
    ports: new Map([
      ['rag-api', 8000],
      ['upload-pipeline', 8001],
    ]),
  };

  it('start a service with its port, its neighbours, the address of spans and faults', () => {
    const [service] = exampleServices(['agent-api']);

    expect(service?.command(surroundings).env).toEqual({
      SERVICE: 'agent-api',
      PORT: '8000',
      HOST: '127.0.0.1',
      FAULTS: '1',
      OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      RAG_API_URL: 'http://127.0.0.1:8000',
      UPLOAD_URL: 'http://127.0.0.1:8001',
    });
  });

  it('send no spans where nothing takes them', () => {
    const [service] = exampleServices(['rag-api']);
    const { env } = service?.command({ port: 1, ports: new Map() }) ?? {};

    expect(env).not.toHaveProperty('OTLP_ENDPOINT');
    expect(env).not.toHaveProperty('RAG_API_URL');
  });

  it('tell the load generator where each service of the environment is', () => {
    const services = Object.fromEntries(local.applications.map(({ name }) => [name, `http://${name}`]));

    expect(loadTargets({ ...services, other: 'http://other' })).toEqual([
      '--target',
      'http://rag-api',
      '--upload-target',
      'http://upload-pipeline',
      '--agent-target',
      'http://agent-api',
    ]);
    expect(loadCommand({ scenario: 'normal', rate: '5', services: {} }).args.slice(3)).toEqual([
      '--scenario',
      'normal',
      '--rate',
      '5',
    ]);
  });
});

describe('expectation', () => {
  it('names the alerts of a scenario, and what one would need that is not here', () => {
    const [normal] = SCENARIOS;
    if (normal === undefined) throw new Error('there is no scenario');

    expect(expectation(normal)).toBe('normal: All is well. Expected: no alert');
    expect(
      expectation({
        ...normal,
        expects: [
          { alert: 'A', severity: 'warning' },
          { alert: 'B', severity: 'critical', needs: 'day-of-history' },
        ],
      }),
    ).toBe('normal: All is well. Expected: A (warning), B (critical, not here: it needs day-of-history)');
  });
});
