import { Command } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { enginesBin, enginesHome } from '../engines/cache';
import { IMAGES } from '../stacks/versions';
import { measured, type Fault, type FaultPrograms } from '../test/faults/fault';
import { FAULTS } from '../test/faults/faults';
import { isKept, measuresIn, reliabilityPage, type Finding } from '../test/faults/report';
import { engineTitle } from '../test/support/engine-title';
import { findProgram, foldersOnPath } from './processes/find-program';

const PAGE = join(__dirname, '..', 'docs', 'reliability.md');

const PROGRAMS = ['prometheus', 'alertmanager', 'jaeger'] as const;

/**
 * Brings faults about, prints what came of them, and writes it into docs/reliability.md, where the measures of faults that
 * were not tried stay as they are. Ends with 1 if a promise was broken.
 */
async function main(only: readonly string[]): Promise<number> {
  const unknown = only.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    const names = FAULTS.map(({ name }) => name).join(', ');
    throw new Error(`--only ${unknown.join(' ')}: no such fault; allowed: ${names}; mend: name one of them`);
  }
  const programs = programsHere();
  const findings: Finding[] = [];
  for (const fault of FAULTS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const finding = { fault, measures: await tried(fault, programs) };
    print(finding);
    findings.push(finding);
  }
  await writePage(findings);
  return findings.every(isKept) ? 0 : 1;
}

/** What a fault came to; one that could not be tried has kept no promise. */
async function tried(fault: Fault, programs: FaultPrograms): Promise<Finding['measures']> {
  try {
    return await measured(fault, programs);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [{ what: 'the fault could not be tried', found: found.slice(0, 1_000), kept: false }];
  }
}

function print(finding: Finding): void {
  process.stdout.write(`\n${finding.fault.name}: ${finding.fault.title}\n`);
  for (const { what, found, kept } of finding.measures) {
    const mark = kept === undefined ? 'told  ' : kept ? 'kept  ' : 'BROKEN';
    process.stdout.write(`  ${mark} ${what}: ${found}\n`);
  }
}

async function writePage(tried: readonly Finding[]): Promise<void> {
  const programs = PROGRAMS.map((name) => engineTitle(name, IMAGES[name]));
  const before = measuresIn(readFileSync(PAGE, 'utf8'));
  const findings = FAULTS.map(
    (fault) =>
      tried.find((finding) => finding.fault === fault) ?? { fault, measures: before.get(fault.name) ?? [] },
  );
  const text = reliabilityPage({ findings, programs });
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
}

function programsHere(): FaultPrograms {
  const folders = [enginesBin(enginesHome(process.env)), ...foldersOnPath(process.env)];
  const found = PROGRAMS.map((name) => [name, findProgram([name], folders)] as const);
  const missing = found.flatMap(([name, command]) => (command === undefined ? [name] : []));
  if (missing.length > 0) {
    const names = missing.join(',');
    throw new Error(
      `${names}: not found in ${folders[0] ?? ''} nor on PATH; mend: npm run engines -- --only ${names}`,
    );
  }
  return Object.fromEntries(found) as unknown as FaultPrograms;
}

new Command('faults')
  .description('Brings faults of the monitoring about on the real programs, and measures what is lost.')
  .option('--only <names...>', 'faults to try; docs/reliability.md keeps what it tells of the others', [])
  .action(async ({ only }: { readonly only: readonly string[] }) => {
    process.exitCode = await main(only);
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
