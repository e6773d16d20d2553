import { readFileSync } from 'node:fs';

/** Milliseconds of a tick in which Linux counts the time of processes: USER_HZ is 100 on every architecture of Node. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat after the name in brackets, which may hold anything: man 5 proc, 14 and 15 of all. */
const USER = 11;
const SYSTEM = 12;

/**
 * Milliseconds that a process has computed so far, all its threads and the kernel on its behalf.
 *
 * @throws Error where there is no /proc, or no such process
 */
export function cpuMilliseconds(pid: number): number {
  return fromStat(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
}

/** The same, from the text of the file. */
export function fromStat(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MS;
}
