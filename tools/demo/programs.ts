import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { enginesBin, enginesHome, type Variables } from '../../engines/cache';
import type { EngineName } from '../../engines/engines';
import { findProgram, foldersOnPath } from '../processes/find-program';

/** A program of the stack that can run on this machine. */
export type ProgramName = 'prometheus' | 'alertmanager' | 'jaeger' | 'otel-collector' | 'node-exporter';

/** Where a program may be had from, and what is lost without it. */
interface Wanted {
  /** Name of `npm run engines`. */
  readonly engine: EngineName;
  /** Names of the file, the first as its makers call it. */
  readonly files: readonly string[];
  /** Package of Debian that has it. @default - Debian has none */
  readonly debian?: string;
  /** What is missing without it. @default - nothing works without it */
  readonly without?: string;
}

const WANTED: Readonly<Record<ProgramName, Wanted>> = {
  prometheus: { engine: 'prometheus', files: ['prometheus'], debian: 'prometheus' },
  alertmanager: {
    engine: 'alertmanager',
    files: ['alertmanager', 'prometheus-alertmanager'],
    debian: 'prometheus-alertmanager',
  },
  jaeger: { engine: 'jaeger', files: ['jaeger'], without: 'no traces are stored' },
  'otel-collector': {
    engine: 'otelcol',
    files: ['otelcol', 'otelcol-contrib'],
    without: 'services send spans to Jaeger directly, unredacted',
  },
  'node-exporter': {
    engine: 'node_exporter',
    files: ['node_exporter', 'prometheus-node-exporter'],
    debian: 'prometheus-node-exporter',
    without: 'no metrics of this machine',
  },
};

/** Major and minor version of a program. */
export type Version = readonly [major: number, minor: number];

/** A program that was found. */
export interface FoundProgram {
  readonly command: string;
  /** @default - it does not say */
  readonly version?: Version;
}

/** The programs at hand; Prometheus and Alertmanager are always among them. */
export type Programs = Readonly<Record<'prometheus' | 'alertmanager', FoundProgram>> &
  Readonly<Partial<Record<ProgramName, FoundProgram>>>;

/** What was found, and what to say of the rest. */
export interface ProgramSearch {
  /** `undefined` if a program is missing without which nothing works. */
  readonly programs: Programs | undefined;
  /** What is lost for each program that is missing, and how to get them. */
  readonly missing: readonly string[];
}

/**
 * Looks in the cache of `npm run engines`, whose versions are those that the stack deploys, then on PATH.
 *
 * @param variables environment of this process
 */
export function findPrograms(variables: Variables = process.env): ProgramSearch {
  const folders = [enginesBin(enginesHome(variables)), ...foldersOnPath(variables)];
  const names = Object.keys(WANTED) as ProgramName[];
  const found = names.map((name) => ({ name, command: findProgram(WANTED[name].files, folders) }));
  const programs: Partial<Record<ProgramName, FoundProgram>> = Object.fromEntries(
    found.flatMap(({ name, command }) =>
      command === undefined ? [] : [[name, { command, version: versionOf(name, command) }]],
    ),
  );
  const { prometheus, alertmanager } = programs;
  return {
    programs:
      prometheus === undefined || alertmanager === undefined
        ? undefined
        : { ...programs, prometheus, alertmanager },
    missing: howToGet(found.flatMap(({ name, command }) => (command === undefined ? [name] : []))),
  };
}

/** What is lost without programs, and how to get them. */
export function howToGet(missing: readonly ProgramName[]): readonly string[] {
  if (missing.length === 0) return [];
  const lost = missing.map((name) => {
    // Without Jaeger nothing could be sent to it.
    const without =
      name === 'otel-collector' && missing.includes('jaeger') ? 'no spans are taken' : WANTED[name].without;
    return `${name}: not found; ${without === undefined ? 'nothing works without it' : `without it: ${without}`}`;
  });
  const engines = missing.map((name) => WANTED[name].engine).join(',');
  const packages = missing.flatMap((name) => WANTED[name].debian ?? []);
  const packaged =
    packages.length === 0 ? '' : `, or of Debian's packages: apt-get install ${packages.join(' ')}`;
  return [...lost, `mend: npm run engines -- --only ${engines}${packaged}`];
}

/** What to say of programs that answer queries only: those of `npm run engines` are built without their pages. */
export function withoutPages(programs: Programs, variables: Variables = process.env): readonly string[] {
  const engines = enginesBin(enginesHome(variables));
  const names = (['prometheus', 'alertmanager', 'jaeger'] as const).filter((name) => {
    const command = programs[name]?.command;
    return command !== undefined && dirname(command) === engines;
  });
  if (names.length === 0) return [];
  return [`Built by npm run engines, so without pages for a browser: ${names.join(', ')}`, ''];
}

/** Whether a program is at least of a version; one that does not say is taken for the newest. */
export function isAtLeast({ version }: FoundProgram, [major, minor]: Version): boolean {
  if (version === undefined) return true;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}

function versionOf(name: ProgramName, command: string): Version | undefined {
  // Jaeger knows no such flag, and of the Collector and the exporter no file depends on the version.
  if (name !== 'prometheus' && name !== 'alertmanager') return undefined;
  const { stdout, stderr } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const match = /version v?(\d+)\.(\d+)/.exec(`${stdout}${stderr}`);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}
