import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readContract } from '../check/metrics/contract-findings';
import { readContent } from '../content/content';
import type { MetricContract } from '../content/metric-contract';
import { applyDifferences } from './contract/apply';
import { differences, differenceText, notInContract, sourceDifferences } from './contract/differences';
import { readExposition } from './contract/exposition';
import type { Exposition } from './contract/exposition';
import { meaningOf } from './contract/help';
import { metricsAt } from './contract/producer';
import type { Wanted } from './contract/producer';
import { observeGroup, PRODUCER_GROUPS, versionOf } from './contract/producers';

/** What the command line says. */
interface Options {
  readonly only?: string;
  readonly from: readonly string[];
  readonly new: boolean;
  readonly write: boolean;
}

/** A contract and the file that it stands in. */
interface ContractFile {
  readonly path: string;
  readonly contract: MetricContract;
}

const root = join(__dirname, '..');

function contractFiles(): readonly ContractFile[] {
  const content = readContent(root);
  const { contracts, findings } = readContract(content);
  if (findings.length > 0) throw new Error('the contract itself has faults: see npm run check');
  return content.metrics.map(({ path }, index) => {
    const contract = contracts[index];
    if (contract === undefined) throw new Error(`${path} holds no contract`);
    return { path, contract };
  });
}

/** `kubelet=metrics.txt` or `kubelet=http://...`: what a program answered that is not run here. */
async function given(from: readonly string[]): Promise<ReadonlyMap<string, Exposition>> {
  const texts = from.map(async (text): Promise<[string, Exposition]> => {
    const [producer = '', ...rest] = text.split('=');
    const place = rest.join('=');
    const read = /^https?:/.test(place) ? await metricsAt(place) : readFileSync(place, 'utf8');
    return [producer, readExposition(read)];
  });
  return new Map(await Promise.all(texts));
}

/** Runs what can be run here; what has an engine that is not installed is told. */
async function observed(files: readonly ContractFile[], only: readonly string[] | undefined) {
  const seen = new Map<string, Exposition>();
  const wanted: Wanted = Object.fromEntries(
    files.map(({ contract: { producer, metrics } }) => [
      producer,
      metrics.filter(({ confirmed }) => confirmed.by === 'engine').map(({ name }) => name),
    ]),
  );
  for (const group of PRODUCER_GROUPS) {
    if (only !== undefined && !Object.keys(group.producers).some((producer) => only.includes(producer)))
      continue;
    const result = await observeGroup(group, wanted);
    for (const [producer, texts] of Object.entries(result.observed)) {
      seen.set(producer, readExposition(...texts));
    }
    if (result.missing.length === 0) continue;
    const engines = result.missing.join(',');
    print(
      `${Object.keys(group.producers).join(', ')}: not run, for want of ${engines}; mend: npm run engines -- --only ${engines}`,
    );
  }
  return seen;
}

/** Prints what differs and, if asked to, writes it; answers how much is left for a person. */
function reconcile({ path, contract }: ContractFile, exposition: Exposition, options: Options): number {
  const version = versionOf(contract.producer);
  const found = [
    ...differences(contract, exposition),
    ...(version === undefined ? [] : sourceDifferences(contract, version)),
  ];
  const fresh = notInContract(exposition, [contract]);
  print(`${path}: ${String(contract.metrics.length)} metrics, ${String(found.length)} differ`);
  for (const difference of found) print(`  ${differenceText(difference)}`);
  if (options.new) {
    for (const name of fresh) {
      const { type = '', help = '' } = exposition.get(name) ?? {};
      print(`  + ${name} (${type}): ${meaningOf(help) ?? 'no words'}`);
    }
  } else if (fresh.length > 0) {
    print(`  ${String(fresh.length)} more are exposed; --new names them`);
  }
  if (!options.write || found.length === 0) return found.length;
  const file = join(root, path);
  writeFileSync(file, applyDifferences(readFileSync(file, 'utf8'), found));
  return found.filter(
    ({ kind }) => kind === 'gone' || kind === 'value' || kind === 'count' || kind === 'range',
  ).length;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const options = new Command('contract:refresh')
    .description('Runs the programs of the stack and proposes changes of metrics/*.yaml.')
    .option('--only <producers>', 'producers with commas between')
    .option('--from <producer=place>', 'a file or address with what a producer answered; repeatable', add, [])
    .option('--new', 'name what is exposed and not in the contract', false)
    .option('--write', "take over the programs' types, words and labels", false)
    .parse()
    .opts<Options>();
  const files = contractFiles();
  const only = options.only?.split(',');
  const seen = new Map([
    ...(options.from.length > 0 && only === undefined ? [] : await observed(files, only)),
    ...(await given(options.from)),
  ]);
  const compared = files.filter(({ contract }) => seen.has(contract.producer));
  const left = compared.map((file) =>
    reconcile(file, seen.get(file.contract.producer) ?? new Map(), options),
  );
  const others = files.filter((file) => !compared.includes(file)).map(({ contract }) => contract.producer);
  print(`not compared: ${others.join(', ') || 'none'}`);
  process.exitCode = left.some((count) => count > 0) ? 1 : 0;
}

function add(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

if (require.main === module) void main();
