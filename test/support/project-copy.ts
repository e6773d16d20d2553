import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTree, type FileTree } from '../../tools/files';

const ROOT = join(__dirname, '..', '..');

/** What a copy does without: what is large, made by a run, or only read by tests. */
const LEFT_OUT = ['.git', '.ci', 'node_modules', 'cdktf.out', 'test'];

/** Programs of tests that run inside a copy. */
const PROGRAMS = ['cdktf-is-cdktn.ts', 'main-under-cdktn.ts'];

/** How a child process ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The repository in a temporary folder, to be changed and run as a user would; its packages are those of this one. */
export class ProjectCopy {
  readonly folder: string;
  private readonly original: FileTree;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'project-'));
    for (const name of readdirSync(ROOT).filter((entry) => !LEFT_OUT.includes(entry))) {
      cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    }
    for (const name of PROGRAMS) {
      cpSync(join(__dirname, name), join(this.folder, 'test', 'support', name));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.original = this.files('.');
  }

  /** Takes back every change to the files, outputs included. A copy used twice is faster: tsx knows its files. */
  reset(): void {
    const now = this.files('.');
    for (const path of now.keys()) {
      if (!this.original.has(path)) this.remove(path);
    }
    for (const [path, content] of this.original) {
      if (now.get(path) !== content) this.write(path, content);
    }
    this.remove('cdktf.out');
  }

  /** Runs `npx tsx main.ts`, without the quarter of a second that npx costs. */
  synth(variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run(['node_modules/.bin/tsx', 'main.ts'], variables);
  }

  /** Runs a command in the copy. */
  run(command: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const [program = '', ...args] = command;
    // What a developer's shell may set must not decide a test.
    const {
      ENVIRONMENT: _environment,
      CDKTF_OUTDIR: _outdir,
      FORCE_COLOR: _colour,
      ...inherited
    } = process.env;
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { ...inherited, NO_COLOR: '1', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        resolve({ status, stdout, stderr });
      });
    });
  }

  /** Every file below a folder of the copy. */
  files(folder: string): FileTree {
    return readTree(join(this.folder, folder));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, content: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Removes a file or folder; nothing happens where there is none. */
  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  /**
   * Replaces a text that stands in a file exactly once, so that a test cannot pass because its change was none.
   *
   * @throws Error if the text stands there never or several times
   */
  replace(path: string, text: string, by: string): void {
    const parts = this.read(path).split(text);
    if (parts.length !== 2) {
      throw new Error(`${path} has ${String(parts.length - 1)} times: ${text}`);
    }
    this.write(path, parts.join(by));
  }

  /** Removes the copy. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
