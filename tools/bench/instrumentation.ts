import Table from 'cli-table3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUESTIONS, withNumber } from '../../examples/rag-api/load/questions';
import { exampleServices, tsx } from '../demo/services';
import { withCleanup, type Cleanup } from '../processes/cleanup';
import { freePort, startProgram, type StartedProgram } from '../processes/program';
import { cpuMilliseconds } from './cpu-time';
import { openLoad, percentile } from './open-load';
import { median, ratio } from './processes';

/** Requests a second. */
const RATE = 500;

/** Seconds of one measurement, with one scrape: Prometheus would scrape half as often. */
const SECONDS = 8;

/** Seconds until the compiler has seen what runs often. */
const WARM_UP_SECONDS = 10;

const ROUNDS = 5;

/** A service under load. */
interface Subject {
  readonly name: string;
  /** Name of what it is compared with; its own name: nothing. */
  readonly base: string;
  readonly program: StartedProgram;
  readonly url: string;
}

/** Figures of each round, in milliseconds. */
interface Figures {
  readonly p50: number[];
  readonly p95: number[];
  /** For each request. */
  readonly cpu: number[];
  failed: number;
}

/**
 * Prints what the instrumentation costs the example service at 500 requests a second, each a question that goes
 * through every stage: metrics, traces with their export, a log line for each query in a file, and a scrape. The services take turns,
 * so that a busy moment of the machine meets all of them alike.
 */
export async function benchInstrumentation(): Promise<void> {
  await withCleanup(bench);
}

async function bench(cleanup: Cleanup): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-instrumentation-'));
  cleanup.later(() => {
    rmSync(folder, { recursive: true });
  });
  const subjects = await startSubjects(folder, cleanup);
  const figures = new Map(subjects.map(({ name }) => [name, newFigures()]));
  let asked = 0;
  const load = async (subject: Subject, seconds: number) => {
    const result = await measured(subject, seconds, asked);
    asked += RATE * seconds;
    return result;
  };
  for (const subject of subjects) await load(subject, WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of subjects) add(figures.get(subject.name), await load(subject, SECONDS));
  }
  process.stdout.write(`${table(subjects, figures)}\n`);
}

async function startSubjects(folder: string, cleanup: Cleanup): Promise<readonly Subject[]> {
  const start = async (
    name: string,
    base: string,
    variables: Variables,
    command = tsx(PLAIN),
  ): Promise<Subject> => {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const program = cleanup.stopLater(
      await startProgram({
        // Log lines go to a file, as those of a container do; this process would be busy reading them.
        command: '/bin/sh',
        args: ['-c', 'exec "$@" >"$0"', join(folder, `${port}.log`), command.command, ...command.args],
        env: { ...variables, PORT: port },
        readyUrl: `${url}/healthz`,
      }),
    );
    return { name, base, program, url };
  };
  const [service] = exampleServices(['rag-api']);
  if (service === undefined) throw new Error('there is no example service');
  const spans = await start('spans', 'spans', {});
  const { command, args, env } = service.command({ port: 0, otlpEndpoint: spans.url, ports: new Map() });
  const example = (name: string, base: string, variables: Variables) =>
    start(name, base, { ...env, ...EVERY_STAGE, ...variables }, { command, args });
  const answersAtOnce = { LATENCY_FACTOR: '0' };
  const off = { TELEMETRY: '0' };
  return [
    await start(NAMES.plain, NAMES.atOnce, {}),
    await example(NAMES.atOnce, NAMES.atOnce, { ...answersAtOnce, ...off }),
    await example(NAMES.measuredAtOnce, NAMES.atOnce, answersAtOnce),
    await example(NAMES.slow, NAMES.slow, off),
    await example(NAMES.measuredSlow, NAMES.slow, {}),
  ];
}

/** No question is answered from the cache, whose search would grow with what was asked before. */
const EVERY_STAGE = { FAULTS: '', CACHE_SECONDS: '0' };

type Variables = Readonly<Record<string, string>>;

const PLAIN = join(__dirname, 'plain-service.ts');

const NAMES = {
  plain: 'Fastify that answers {}',
  atOnce: 'rag-api, model answers at once, without',
  measuredAtOnce: 'rag-api, model answers at once, with',
  slow: 'rag-api, model takes its time, without',
  measuredSlow: 'rag-api, model takes its time, with',
} as const;

/** One measurement of one service. */
async function measured(
  { program, url }: Subject,
  seconds: number,
  from: number,
): Promise<{ readonly milliseconds: readonly number[]; readonly failed: number; readonly cpu: number }> {
  const before = cpuMilliseconds(program.pid);
  const [result] = await Promise.all([
    openLoad({ url: `${url}/query`, perSecond: RATE, seconds, body: (number) => question(from + number) }),
    fetch(`${url}/metrics`).then((answer) => answer.text()),
  ]);
  return { ...result, cpu: (cpuMilliseconds(program.pid) - before) / (RATE * seconds) };
}

/** A question that was not asked before. */
function question(number: number): object {
  const known = QUESTIONS[number % QUESTIONS.length] ?? QUESTIONS[0];
  return { question: withNumber(known, number).question };
}

function newFigures(): Figures {
  return { p50: [], p95: [], cpu: [], failed: 0 };
}

function add(figures: Figures | undefined, result: Awaited<ReturnType<typeof measured>>): void {
  if (figures === undefined) return;
  figures.p50.push(percentile(result.milliseconds, 0.5));
  figures.p95.push(percentile(result.milliseconds, 0.95));
  figures.cpu.push(result.cpu);
  figures.failed += result.failed;
}

function table(subjects: readonly Subject[], all: ReadonlyMap<string, Figures>): string {
  const lines = new Table({
    head: [
      'with and without instrumentation',
      'p50 ms',
      'ratio',
      'p95 ms',
      'ratio',
      'CPU ms a request',
      'ratio',
      'failed',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, base } of subjects) {
    const figures = all.get(name) ?? newFigures();
    const others = all.get(base) ?? newFigures();
    const cells = (['p50', 'p95', 'cpu'] as const).flatMap((key) => [
      median(figures[key]).toFixed(2),
      ratio(figures[key], others[key]).toFixed(2),
    ]);
    lines.push([name, ...cells, String(figures.failed)]);
  }
  return lines.toString();
}
