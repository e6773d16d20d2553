import Table from 'cli-table3';
import { Command } from 'commander';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../environments';
import { prod } from '../environments/prod';
import { BASELINE_OUTPUT, emptyProgram } from './bench/baseline-program';
import { benchInstrumentation } from './bench/instrumentation';
import { benchNotification } from './bench/notification';
import { alternating, ratio, run } from './bench/processes';
import { benchQueries } from './bench/queries';
import { assertSameResources } from './bench/same-resources';
import { costPerUnit } from './bench/scale';

/** A ratio of two times, and the most that it may be. */
interface Figure {
  readonly what: string;
  readonly ratio: number;
  /** @default - told, not judged */
  readonly limit?: number;
}

/** What stands on the command line. */
interface Options {
  readonly queries: boolean;
  readonly instrumentation: boolean;
  readonly notification: boolean;
  readonly pods: number;
  readonly days: number;
  readonly step: number;
}

const ROOT = join(__dirname, '..');

/** Rounds in which each program runs once. */
const ROUNDS = 7;

/** What the whole program may take for each unit of time that cdktf takes for the same resources. */
const LIMIT = 1.5;

/** In proportion, with room for the unrest of a shared machine. */
const GROWTH_LIMIT = 1.25;

/** Prints how fast the program is, as ratios of times taken in this run. */
function main(): number {
  const figures = [...processFigures(), ...growthFigures()];
  const table = new Table({
    head: ['time of', 'ratio', 'limit', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'left'],
  });
  for (const { what, ratio: value, limit } of figures) {
    table.push([what, value.toFixed(2), limit?.toFixed(2) ?? '', isOver(value, limit) ? 'too slow' : '']);
  }
  process.stdout.write(`${table.toString()}\n`);
  return figures.some(({ ratio: value, limit }) => isOver(value, limit)) ? 1 : 0;
}

function isOver(value: number, limit: number | undefined): boolean {
  return limit !== undefined && !(value <= limit);
}

function processFigures(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const stacks = environments.map(({ name }) => name);
    writeBaselines(folder, stacks);
    const output = join(folder, 'project.out');
    const project = {
      folder: ROOT,
      command: ['main.ts'],
      variables: { CDKTF_OUTDIR: output, ENVIRONMENT: '' },
    };
    const times = alternating(
      {
        project,
        literals: { folder, command: ['literals.ts'] },
        one: { ...project, variables: { ...project.variables, ENVIRONMENT: prod.name } },
        empty: { folder, command: ['empty.ts'] },
      },
      ROUNDS,
    );
    const all = `${String(stacks.length)} environments`;
    return [
      {
        what: `main.ts, ${all} / the same resources from literals`,
        ratio: ratio(times.project, times.literals),
        limit: LIMIT,
      },
      { what: `main.ts, ${all} / as many empty stacks`, ratio: ratio(times.project, times.empty) },
      { what: 'the same resources from literals / empty stacks', ratio: ratio(times.literals, times.empty) },
      { what: `ENVIRONMENT=${prod.name} main.ts / ${all}`, ratio: ratio(times.one, times.project) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts the programs to compare with into a folder where they run like main.ts, and proves that they make the same. */
function writeBaselines(folder: string, stacks: readonly string[]): void {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'empty.ts'), emptyProgram(stacks));
  const recorded = join(folder, 'recorded.out');
  run({ folder: ROOT, command: ['tools/bench/record.ts', recorded, join(folder, 'literals.ts')] });
  run({ folder, command: ['literals.ts'] });
  assertSameResources(recorded, join(folder, BASELINE_OUTPUT), stacks);
}

/** What a dashboard or rule costs must not grow with their number; the fixed cost makes it fall at first. */
function growthFigures(): Figure[] {
  const [once = NaN, tenfold = NaN, hundredfold = NaN] = costPerUnit(ROOT, prod, [1, 10, 100]);
  return [
    {
      what: 'a dashboard or rule file, content times 10 / as it is',
      ratio: tenfold / once,
      limit: GROWTH_LIMIT,
    },
    { what: 'the same, content times 100 / times 10', ratio: hundredfold / tenfold, limit: GROWTH_LIMIT },
  ];
}

void new Command('bench')
  .description(
    'Prints how fast the program is, as ratios; or what queries or the instrumentation cost, or how soon people are told.',
  )
  .option('--queries', 'instead: what rules and boards read, in Prometheus, on generated samples', false)
  .option(
    '--instrumentation',
    'instead: what the instrumentation costs the example service at 500 requests a second; 5 minutes',
    false,
  )
  .option(
    '--notification',
    'instead: seconds from a dead service to the notification, beside kube-prometheus-stack; 15 minutes',
    false,
  )
  .option('--pods <count>', 'with --queries: pods of the application', Number, 200)
  .option('--days <count>', 'with --queries: days of samples', Number, 30)
  .option('--step <minutes>', 'with --queries: minutes between two samples of the past', Number, 120)
  .action(async ({ queries, instrumentation, notification, pods, days, step }: Options) => {
    if (instrumentation) await benchInstrumentation();
    else if (notification) await benchNotification();
    else if (queries) await benchQueries(ROOT, { pods, days, stepSeconds: step * 60 });
    else process.exitCode = main();
  })
  .parseAsync();
