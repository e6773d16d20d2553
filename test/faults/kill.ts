import { readFileSync } from 'node:fs';
import type { RunningProgram } from '../support/programs';

/** Ends a program as the kernel does when memory runs out: it gets no chance to write anything. */
export async function killNow(program: RunningProgram): Promise<void> {
  process.kill(program.pid, 'SIGKILL');
  await program.stop();
}

const KIB_IN_MIB = 1024;

/** The most memory that a program has held since it was started, in MiB (proc_pid_status(5), VmHWM). */
export function peakMemoryMiB({ pid }: RunningProgram): number {
  return statusOf(pid, 'VmHWM');
}

/** The memory that a program holds now, in MiB. */
export function memoryMiB({ pid }: RunningProgram): number {
  return statusOf(pid, 'VmRSS');
}

function statusOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const value = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (value === undefined) throw new Error(`/proc/${String(pid)}/status says no ${field}`);
  return Number(value) / KIB_IN_MIB;
}
