import {
  BURN_TIERS,
  burnFactor,
  errorBudget,
  plain,
  SLO_DAYS,
  windowMinutes,
  type Slo,
} from '../../content/slo-file';
import { soundExpression } from '../expressions/expression-use';
import { findingAt, type Finding } from '../finding';
import { constant } from '../metrics/unit-flow';
import { unwrap, walk, type Binary, type Expr } from '../promql/ast';
import type { RuleExpression } from '../rules/rule-expressions';

/** Name of this check. */
const RULE = 'slos/burn-rate';

/** A burn rate that an alert compares with a factor. */
interface Comparison {
  readonly from: number;
  readonly window: string;
  readonly factor: number;
  readonly slo: string | undefined;
}

/**
 * `slos/burn-rate`: an alert on `slo:burn_rate:ratio_rate<window>` whose windows or factor do not belong together, or that
 * a budget can never reach. Rules that `npm run slos` writes agree; this is for those that a person changes or adds.
 */
export function burnRateFindings(expressions: readonly RuleExpression[], slos: readonly Slo[]): Finding[] {
  return expressions.flatMap(({ view, use }) => {
    const expr = soundExpression(use);
    if (expr === undefined || view.rule.alert === undefined) return [];
    return conjunctions(expr).flatMap((conjunction) => {
      const message = fault(conjunction, slos);
      const [first] = conjunction;
      if (message === undefined || first === undefined) return [];
      const hint = `use ${known.join(', ')}`;
      return [findingAt(use.file, use.at(first.from), { rule: RULE, message, hint })];
    });
  });
}

const known = BURN_TIERS.map((tier) => `${String(burnFactor(tier))} over ${tier.long} and ${tier.short}`);

function fault(conjunction: readonly Comparison[], slos: readonly Slo[]): string | undefined {
  const [first, second] = [...conjunction].sort((a, b) => windowMinutes(b.window) - windowMinutes(a.window));
  if (first === undefined) return undefined;
  if (second === undefined)
    return `the burn rate over ${first.window} alone fires on long after the cause has ended`;
  const [long, short] = [first.window, second.window];
  if (windowMinutes(long) !== 12 * windowMinutes(short)) {
    return `${short} is not a twelfth of ${long}`;
  }
  if (first.factor !== second.factor) {
    return `the factors of ${long} and ${short} differ: ${String(first.factor)} and ${String(second.factor)}`;
  }
  const tier = BURN_TIERS.find((candidate) => candidate.long === long);
  if (tier === undefined || burnFactor(tier) !== first.factor) {
    const share = plain((first.factor * windowMinutes(long) * 100) / (SLO_DAYS * windowMinutes('1d')));
    return `a burn rate of ${String(first.factor)} over ${long} is ${String(share)} % of the budget of ${String(SLO_DAYS)} days`;
  }
  const slo = slos.find(({ name }) => name === first.slo);
  const product = slo && plain(first.factor * errorBudget(slo));
  if (product === undefined || product < 1) return undefined;
  return `the budget of "${first.slo ?? ''}" never burns ${String(first.factor)} times as fast: that would be a share of ${String(product)}`;
}

/** The burn rates that must all be exceeded at once, for each such group of conditions. */
function conjunctions(expr: Expr): Comparison[][] {
  const node = unwrap(expr);
  if (node.kind === 'binary' && node.op.name === 'or') {
    return [...conjunctions(node.left), ...conjunctions(node.right)];
  }
  const found: Comparison[] = [];
  walk(node, (part) => {
    const comparison = part.kind === 'binary' ? comparisonOf(part) : undefined;
    if (comparison) found.push(comparison);
  });
  return found.length === 0 ? [] : [found];
}

function comparisonOf({ op, left, right }: Binary): Comparison | undefined {
  const series = unwrap(left);
  const factor = constant(right);
  if (op.name !== '>' || series.kind !== 'selector' || factor === undefined) return undefined;
  const window = /^slo:burn_rate:ratio_rate(\d+[mhd])$/.exec(series.metric?.name ?? '')?.[1];
  if (window === undefined) return undefined;
  const slo = series.matchers.find(({ label, op: matching }) => label === 'slo' && matching === '=')?.value;
  return { from: series.from, window, factor, slo };
}
