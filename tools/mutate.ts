import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { enginesBin, enginesHome } from '../engines/cache';
import { prod } from '../environments/prod';
import { projectMutants } from './mutation/project-mutants';
import { figures, noticedShare, percent, WANTED } from './mutation/report';
import { sample } from './mutation/sample';
import { survivorFaults } from './mutation/survivors';
import { Trials, type Outcome } from './mutation/trial';

const repository = join(__dirname, '..');

interface Options {
  readonly sample?: number;
  readonly seed: number;
  readonly file?: string;
  readonly parallel: number;
  readonly promtool: string;
  readonly list: boolean;
}

const program = new Command('mutate')
  .description(
    'Changes each rule of prod by one step at a time, and counts which changes the unit tests notice.',
  )
  .option('--sample <count>', 'a fixed sample of so many changes', wholeNumber)
  .option('--seed <number>', 'which sample', wholeNumber, 1)
  .option('--file <path>', 'only rules of the files whose path, such as recording/cost.yaml, has this in it')
  .option('--parallel <count>', 'processes of promtool at once', wholeNumber, 2)
  .option('--promtool <file>', 'the binary', join(enginesBin(enginesHome(process.env)), 'promtool'))
  .option('--list', 'prints the changes and runs nothing', false)
  .action(async (options: Options) => {
    process.exitCode = await mutate(options);
  });

async function mutate({ sample: size, seed, file, parallel, promtool, list }: Options): Promise<number> {
  const { files, tests, mutants: all, survivors } = projectMutants(repository, prod);
  const asked = all.filter(({ path }) => file === undefined || path.includes(file));
  const mutants = size === undefined ? asked : sample(asked, size, seed);
  if (list) {
    process.stdout.write(mutants.map(({ id }) => `${id}\n`).join(''));
    return 0;
  }
  const outcomes = await new Trials(promtool, files, tests).run(mutants, parallel, progress(mutants.length));
  process.stdout.write(`\n${figures(outcomes, 'path')}${figures(outcomes, 'operator')}`);
  const unsound = outcomes.filter(({ verdict }) => verdict === 'unsound').map(({ mutant }) => mutant.rule);
  tell('Have tests that fail without a change', [...new Set(unsound)]);
  const { unlisted, stale } = survivorFaults(outcomes, survivors);
  const whole = mutants.length === all.length;
  tell('Survive, and are not listed with a reason', unlisted);
  if (whole) tell('Are listed and do not survive', stale);
  const share = noticedShare(outcomes);
  process.stdout.write(`${percent(share)} % of ${String(outcomes.length)} changes are noticed\n`);
  return unsound.length > 0 || unlisted.length > 0 || (whole && stale.length > 0) || share < WANTED ? 1 : 0;
}

function progress(total: number): (outcome: Outcome) => void {
  let done = 0;
  return ({ verdict }) => {
    done += 1;
    process.stderr.write(verdict === 'noticed' ? '.' : verdict === 'survived' ? 'S' : '-');
    if (done % 100 === 0) process.stderr.write(` ${String(done)}/${String(total)}\n`);
  };
}

function tell(title: string, ids: readonly string[]): void {
  if (ids.length > 0) process.stdout.write(`${title}:\n${ids.map((id) => `  - ${id}\n`).join('')}`);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is expected');
  return value;
}

void program.parseAsync();
