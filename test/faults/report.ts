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

/** What the page says of a promise. */
const KEPT: ReadonlyMap<string, boolean | undefined> = new Map([
  ['kept', true],
  ['**broken**', false],
  ['not promised', undefined],
]);

function keptText(measure: Measure): string {
  return [...KEPT].find(([, kept]) => kept === measure.kept)?.[0] ?? '';
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

/**
 * What a page tells of each fault that it has, by name: the measures of faults that are not tried again.
 *
 * @param page as {@link reliabilityPage} writes it, formatted or not
 */
export function measuresIn(page: string): ReadonlyMap<string, readonly Measure[]> {
  const sections = page.split(/^<a id="/m).slice(1);
  return new Map(sections.map((text) => [text.slice(0, text.indexOf('"')), tableRows(text)]));
}

/** The rows of a section's table, less its head. */
function tableRows(text: string): readonly Measure[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) => {
    const cells = line.slice(1, -1).split(/(?<!\\)\|/);
    const [what = '', found = '', promise = ''] = cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
    return { what, found, kept: KEPT.get(promise) };
  });
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
