import type { Cleanup } from '../../tools/processes/cleanup';
import { getJson } from '../support/eventually';
import { renderedFolder } from '../support/rendered';
import { findTrace, sendSpan, startSpanProgram } from '../support/traces-here';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';

/** Traces that a query found before the fault. */
const STORED = 50;

/** Traces that were sent and taken just before it. */
const UNDER_WAY = 50;

/** Jaeger ends as by `kill -9`, and starts again. */
export const jaegerKilled: Fault = {
  name: 'jaeger-killed',
  title: 'Jaeger is killed and starts again',
  promise:
    'With storage on a volume (staging and prod) no trace is lost that could be found. In memory (local and dev) all are lost: that is what memory means.',
  how: `kill -9 after ${String(STORED)} traces could be found and right after ${String(UNDER_WAY)} more were taken; then each is looked for.`,
  measure: async (programs, cleanup) => [
    ...(await measure(programs, cleanup, 'prod')),
    ...(await measure(programs, cleanup, 'local')),
  ],
};

async function measure(
  { jaeger: command }: FaultPrograms,
  cleanup: Cleanup,
  environment: 'local' | 'prod',
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder(environment));
  const before = cleanup.stopLater(await startSpanProgram({ command, program: 'jaeger', folder }));
  const stored = await send(before.port(4318), STORED);
  for (const trace of stored) await findTrace(before.port(16_686), trace);
  const underWay = await send(before.port(4318), UNDER_WAY);
  await killNow(before);
  const after = cleanup.stopLater(await startSpanProgram({ command, program: 'jaeger', folder }));
  const kept = await found(after.port(16_686), stored);
  const late = await found(after.port(16_686), underWay);
  const where = environment === 'prod' ? 'on a volume (prod)' : 'in memory (local)';
  const storedWhat = `${where}: traces that could be found before, found after`;
  return [
    environment === 'prod'
      ? promised(storedWhat, outOf(kept, STORED), kept === STORED)
      : told(storedWhat, outOf(kept, STORED)),
    told(`${where}: traces taken in the moment before the kill, found after`, outOf(late, UNDER_WAY)),
  ];
}

async function send(port: number, count: number): Promise<readonly string[]> {
  const sent: string[] = [];
  for (let index = 0; index < count; index += 1) sent.push(await sendSpan(port, { name: 'query' }));
  return sent;
}

async function found(port: number, traces: readonly string[]): Promise<number> {
  let count = 0;
  for (const trace of traces) {
    const isThere = await getJson(`http://127.0.0.1:${String(port)}/api/traces/${trace}`).then(
      (answer) => (answer as { data: readonly unknown[] }).data.length > 0,
      // 404 is how Jaeger says that it knows no such trace.
      () => false,
    );
    if (isThere) count += 1;
  }
  return count;
}
