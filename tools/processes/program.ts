import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

/** How a program is started, and how one knows that it is ready. */
export interface ProgramOptions {
  /** Full path of the binary. */
  readonly command: string;
  readonly args: readonly string[];
  /**
   * Working directory.
   *
   * @default - that of this process
   */
  readonly cwd?: string;
  /**
   * Variables set beside those of this process.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Ready when a GET of this address is answered with 2xx.
   *
   * @default - not asked
   */
  readonly readyUrl?: string;
  /**
   * Ready when this port of 127.0.0.1 accepts a connection.
   *
   * @default - not asked
   */
  readonly readyPort?: number;
  /**
   * Ready when this answers true; a rejection counts as "not yet".
   *
   * @default - not asked
   */
  readonly readyWhen?: () => Promise<boolean>;
  /**
   * Milliseconds within which it must be ready.
   *
   * @default 30000
   */
  readonly timeoutMs?: number;
  /**
   * Milliseconds that it may take to end after SIGTERM; then it is killed.
   *
   * @default 5000
   */
  readonly graceMs?: number;
  /**
   * File that its output is added to as well.
   *
   * @default - none
   */
  readonly logFile?: string;
}

/** A program that was ready when {@link startProgram} returned. */
export interface RunningProgram {
  readonly pid: number;
  /** What it wrote so far, standard output and error as they came. */
  logs(): string;
  /** Ends it and everything it started; returns when it is gone. Safe to call again. */
  stop(): Promise<void>;
}

/** What {@link startProgram} returns. */
export interface StartedProgram extends RunningProgram {
  /** Fulfilled when it has ended, of itself or not, with its exit code or the signal that ended it. */
  readonly ended: Promise<string>;
}

const POLL_MS = 50;
const SHOWN_LOG_CHARACTERS = 4_000;

/** Characters of output that are kept; a program that runs for days writes more. */
const KEPT_LOG_CHARACTERS = 8_000_000;

/**
 * Runs the program beside a watcher that kills the whole process group when our end of its standard input closes: a
 * test run that crashes leaves nothing behind. `exec` gives the program the group leader's id.
 */
const WATCHED =
  'exec 3<&0; (while read -r _ <&3; do :; done; kill -KILL 0) >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

/** As many free ports of 127.0.0.1, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** One free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', done(true));
    socket.once('error', done(false));
  });
}

async function isReady(options: ProgramOptions): Promise<boolean> {
  try {
    if (options.readyPort !== undefined && !(await accepts(options.readyPort))) return false;
    if (options.readyUrl !== undefined) {
      const answer = await fetch(options.readyUrl, { signal: AbortSignal.timeout(2_000) });
      if (!answer.ok) return false;
    }
    return options.readyWhen === undefined || (await options.readyWhen());
  } catch {
    return false;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** A started child: its log, its end, and how to bring the end about. */
class Program implements StartedProgram {
  readonly pid: number;
  private text = '';
  private gone = false;
  readonly ended: Promise<string>;

  constructor(
    private readonly child: ChildProcess,
    private readonly graceMs: number,
    logFile: string | undefined,
  ) {
    // -1 would address every process of the user.
    this.pid = child.pid ?? NaN;
    const collect = (chunk: Buffer): void => {
      if (this.text.length > KEPT_LOG_CHARACTERS) this.text = this.text.slice(-KEPT_LOG_CHARACTERS / 2);
      this.text += chunk.toString();
      if (logFile !== undefined) appendFileSync(logFile, chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        this.text += error.message;
        resolve();
      });
      child.once('close', () => {
        resolve();
      });
      child.once('exit', () => {
        signalGroup(this.pid, 'SIGKILL');
      });
    }).then(() => {
      this.gone = true;
      return this.exitStatus;
    });
  }

  get hasEnded(): boolean {
    return this.gone;
  }

  get exitStatus(): string {
    return this.child.signalCode ?? String(this.child.exitCode);
  }

  logs(): string {
    return this.text;
  }

  async stop(): Promise<void> {
    if (!this.gone) signalGroup(this.pid, 'SIGTERM');
    const impatience = setTimeout(() => {
      signalGroup(this.pid, 'SIGKILL');
    }, this.graceMs);
    await this.ended;
    clearTimeout(impatience);
  }
}

/**
 * Starts a program and waits until it is ready.
 *
 * @throws Error with the end of its log if it ends or is not ready in time; it is stopped then.
 */
export async function startProgram(options: ProgramOptions): Promise<StartedProgram> {
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', options.command, ...options.args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const program = new Program(child, options.graceMs ?? 5_000, options.logFile);
  const timeoutMs = options.timeoutMs ?? 30_000;
  const deadline = Date.now() + timeoutMs;
  const fail = (what: string): Error =>
    new Error(
      `${[options.command, ...options.args].join(' ')}\n${what}; its log ends:\n${program.logs().slice(-SHOWN_LOG_CHARACTERS)}`,
    );
  for (;;) {
    const ready = await isReady(options);
    if (program.hasEnded) throw fail(`ended with ${program.exitStatus} before it was ready`);
    if (ready) return program;
    if (Date.now() > deadline) {
      await program.stop();
      throw fail(`was not ready within ${String(timeoutMs)} ms`);
    }
    await sleep(POLL_MS);
  }
}
