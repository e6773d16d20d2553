import type { Fault, Measure } from './fault';

/** A fault with what came out of it. */
export interface Finding {
  readonly fault: Pick<Fault, 'name' | 'title' | 'promise' | 'how'>;
  readonly measures: readonly Measure[];
}

/** Where the report comes from and what it was measured with. */
export interface ReportOptions {
  readonly findings: readonly Finding[];
  /** Programs with their versions. */
  readonly programs: readonly string[];
}

/** `kept`, `**broken**`, or that nothing is promised. */
function keptText({ kept }: Measure): string {
  if (kept === undefined) return 'not promised';
  return kept ? 'kept' : '**broken**';
}

/** Whether every promise of a fault was kept; one without any measure was not. */
export function isKept({ measures }: Finding): boolean {
  return measures.length > 0 && measures.every(({ kept }) => kept !== false);
}

/** docs/reliability.md. */
export function reliabilityPage({ findings, programs }: ReportOptions): string {
  return [
    '# Reliability',
    '',
    'What is lost when a part of the monitoring fails, as measured by `npm run faults`, which writes this page. Each fault is',
    'brought about on the real programs with the rendered files, on one machine: addresses lead to loopback, scrapes and',
    'evaluations come each second. Counts and shares are given, since times depend on the machine.',
    '',
    `Measured with ${programs.join(', ')}.`,
    '',
    ...overview(findings),
    ...findings.flatMap(section),
  ].join('\n');
}

function overview(findings: readonly Finding[]): readonly string[] {
  return [
    ...row(['fault', 'promises kept', 'lost though nothing was promised']),
    ...row(['---', '---', '---']),
    ...findings.flatMap((finding) => {
      const judged = finding.measures.filter(({ kept }) => kept !== undefined);
      const kept = judged.filter((measure) => measure.kept === true).length;
      const rest = finding.measures.filter((measure) => measure.kept === undefined);
      return row([
        `[${finding.fault.title}](#${finding.fault.name})`,
        `${String(kept)} of ${String(judged.length)}`,
        rest.map(({ what, found }) => `${what}: ${found}`).join('; ') || 'nothing',
      ]);
    }),
    '',
  ];
}

function section(finding: Finding): readonly string[] {
  const { fault, measures } = finding;
  return [
    `<a id="${fault.name}"></a>`,
    '',
    `## ${fault.title}`,
    '',
    `Promised: ${fault.promise}`,
    '',
    `How: ${fault.how}`,
    '',
    ...row(['measured', 'found', 'promise']),
    ...row(['---', '---', '---']),
    ...measures.flatMap((measure) => row([measure.what, measure.found, keptText(measure)])),
    '',
  ];
}

function row(cells: readonly string[]): readonly string[] {
  return [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`];
}
