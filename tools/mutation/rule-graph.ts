import { walk, type Selector } from '../../check/promql/ast';
import type { ParsedPromql } from '../../check/promql/parse';
import { cachingParser } from '../../check/promql/parse';
import type { RuleDocument } from '../../content/rules';
import { nameOf } from './mutant';

const ALERTS: ReadonlySet<string | undefined> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/**
 * Names of the metrics that an expression reads, and of the alerts where it reads `ALERTS` of one; undefined where it may
 * read any, as with a pattern for a name.
 *
 * @param parse a caching parser
 */
export function metricsRead(
  expression: string,
  parse: (text: string) => ParsedPromql,
): ReadonlySet<string> | undefined {
  const { expr } = parse(expression);
  if (expr === undefined) return undefined;
  const names = new Set<string | undefined>();
  walk(expr, (node) => {
    if (node.kind !== 'selector') return;
    if (!ALERTS.has(node.metric?.name)) names.add(node.metric?.name);
    else for (const name of [node.metric?.name, alertOf(node)]) names.add(name);
  });
  const known = [...names].flatMap((name) => name ?? []);
  return known.length === names.size ? new Set(known) : undefined;
}

/** The one alert that a selector of `ALERTS` finds; undefined where it may find several. */
function alertOf({ matchers }: Selector): string | undefined {
  return matchers.find(({ label, op }) => label === 'alertname' && op === '=')?.value;
}

/** Which rules of a set of files read which, by name: rules that share a name are one. */
export class RuleGraph {
  private readonly reads = new Map<string, Set<string> | undefined>();
  readonly parse = cachingParser();

  constructor(documents: readonly RuleDocument[]) {
    for (const rule of documents.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))) {
      const name = nameOf(rule);
      const before = this.reads.get(name);
      const own = metricsRead(rule.expr, this.parse);
      const known = own !== undefined && (before !== undefined || !this.reads.has(name));
      this.reads.set(name, known ? new Set([...(before ?? []), ...own]) : undefined);
    }
  }

  has(name: string): boolean {
    return this.reads.has(name);
  }

  /** A rule and all that depend on what it gives. */
  dependents(name: string): ReadonlySet<string> {
    return this.closure([name], (found) =>
      [...this.reads].flatMap(([reader, read]) =>
        read === undefined || [...found].some((source) => read.has(source)) ? [reader] : [],
      ),
    );
  }

  /** Rules and all that they depend on. */
  sources(names: Iterable<string>): ReadonlySet<string> {
    return this.closure(names, (found) =>
      [...found].flatMap((name) => {
        const read = this.reads.has(name) ? this.reads.get(name) : new Set<string>();
        return read === undefined
          ? [...this.reads.keys()]
          : [...read].filter((source) => this.reads.has(source));
      }),
    );
  }

  /** Names of everything that rules and expressions read; undefined where that may be anything. */
  inputs(rules: Iterable<string>, expressions: readonly string[]): ReadonlySet<string> | undefined {
    const read = [
      ...[...rules].map((name) => (this.reads.has(name) ? this.reads.get(name) : new Set<string>())),
      ...expressions.map((expression) => metricsRead(expression, this.parse)),
    ];
    const known = read.flatMap((names) => names ?? []);
    return known.length === read.length ? new Set(known.flatMap((names) => [...names])) : undefined;
  }

  private closure(
    start: Iterable<string>,
    next: (found: ReadonlySet<string>) => readonly string[],
  ): ReadonlySet<string> {
    const found = new Set(start);
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const name of next(found)) found.add(name);
    }
    return found;
  }
}
