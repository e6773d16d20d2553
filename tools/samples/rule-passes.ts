import { walk } from '../../check/promql/ast';
import { cachingParser } from '../../check/promql/parse';
import type { Rule } from '../../content/rules';

/**
 * Recording rules in the order in which history has to be computed: each pass reads what the passes before it have
 * written. A rule that reads the very name that it records reads what the rules above it record.
 *
 * @param rules all recording rules, in the order of their files
 * @throws Error where rules wait for each other
 */
export function rulePasses(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const parse = cachingParser();
  const waitsFor = rules.map((rule, index) => {
    const read = namesIn(rule.expr, parse);
    return rules.flatMap((other, otherIndex) => {
      if (other.record === undefined || otherIndex === index || !read.has(other.record)) return [];
      return other.record === rule.record && otherIndex > index ? [] : [otherIndex];
    });
  });
  const passes: number[][] = [];
  const done = new Set<number>();
  while (done.size < rules.length) {
    const ready = waitsFor.flatMap((needs, index) =>
      !done.has(index) && needs.every((need) => done.has(need)) ? [index] : [],
    );
    if (ready.length === 0) {
      const stuck = rules.flatMap(({ record }, index) => (done.has(index) ? [] : [record]));
      throw new Error(`these rules wait for each other: ${stuck.join(', ')}`);
    }
    for (const index of ready) done.add(index);
    passes.push(ready);
  }
  return passes.map((pass) => pass.flatMap((index) => rules[index] ?? []));
}

function namesIn(text: string, parse: ReturnType<typeof cachingParser>): ReadonlySet<string> {
  const names = new Set<string>();
  const { expr } = parse(text);
  if (expr !== undefined) {
    walk(expr, (node) => {
      if (node.kind === 'selector' && node.metric !== undefined) names.add(node.metric.name);
    });
  }
  return names;
}
