import { children, parameterAggregations } from './ast';
import type { Aggregate, Binary, Call, Expr, Matcher, PromqlError, Selector, Span, ValueType } from './ast';
import { matches, patternProblem } from './regexps';
import { signatures } from './signatures';

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);
const experimentalAggregations: ReadonlySet<string> = new Set(['limitk', 'limit_ratio']);

type Report = (span: Span, message: string, hint: string) => void;

/** True for an operator that compares. */
export function isComparison(op: string): boolean {
  return comparisons.has(op);
}

/** True for `and`, `or` and `unless`. */
export function isSetOperator(op: string): boolean {
  return setOperators.has(op);
}

/** The type of an expression's value. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
    case 'aggregate':
      return 'vector';
    case 'matrix':
    case 'subquery':
      return 'matrix';
    case 'call':
      return signatures.get(expr.callee.name)?.returns ?? 'vector';
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector';
    default:
      return typeOf(expr.inner);
  }
}

/**
 * What Prometheus checks after parsing: types, arity, vector matching, matchers and their patterns.
 *
 * @returns errors in the order of the text
 */
export function typeErrors(expr: Expr): PromqlError[] {
  const errors: PromqlError[] = [];
  const report: Report = ({ from, to }, message, hint) => errors.push({ from, to, message, hint });
  checkNode(expr, report);
  return errors;
}

function checkNode(expr: Expr, report: Report): void {
  if (expr.kind === 'selector') checkSelector(expr, report);
  else if (expr.kind === 'call') checkCall(expr, report);
  else if (expr.kind === 'aggregate') checkAggregate(expr, report);
  else if (expr.kind === 'binary') checkBinary(expr, report);
  else if (expr.kind === 'subquery') expect(expr.inner, 'vector', 'a subquery', report);
  else if (expr.kind === 'unary' && typeOf(expr.inner) !== 'scalar') {
    expect(expr.inner, 'vector', `"${expr.op}"`, report);
  }
  children(expr).forEach((child) => {
    checkNode(child, report);
  });
}

function expect(expr: Expr, type: ValueType, where: string, report: Report): void {
  const found = typeOf(expr);
  if (found === type) return;
  const hint =
    type === 'matrix'
      ? 'add a range: metric[5m]'
      : found === 'matrix'
        ? 'put it into a function over a range, such as rate(metric[5m])'
        : `give ${words[type]}`;
  report(expr, `${where} takes ${words[type]}, not ${words[found]}`, hint);
}

const words: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  matrix: 'a range vector',
  string: 'a string',
};

function checkSelector(selector: Selector, report: Report): void {
  for (const matcher of selector.matchers) {
    const problem = matcher.op.includes('~') ? patternProblem(matcher.value) : undefined;
    if (problem)
      report(matcher, `the pattern of "${matcher.label}" is not RE2: ${problem}`, 'RE2 has no look-around');
  }
  if (selector.metric === undefined && selector.matchers.every(matchesEmpty)) {
    report(
      selector,
      'a selector without a name needs one matcher that refuses the empty string',
      'name the metric',
    );
  }
}

function matchesEmpty({ op, value }: Matcher): boolean {
  const pattern = op === '=~' || op === '!~' ? matches(value, '') : value === '';
  return op.startsWith('!') ? !pattern : pattern;
}

function checkCall({ callee, args, ...span }: Call, report: Report): void {
  const signature = signatures.get(callee.name);
  if (signature === undefined) {
    report(
      callee,
      `the function "${callee.name}" is not known`,
      'see the functions of the pinned Prometheus version',
    );
    return;
  }
  const { min, max } = signature;
  if (args.length < min || args.length > max) {
    const allowed =
      min === max
        ? String(min)
        : max === Infinity
          ? `at least ${String(min)}`
          : `${String(min)} to ${String(max)}`;
    report(
      span,
      `${callee.name}() takes ${allowed} arguments, not ${String(args.length)}`,
      'see its documentation',
    );
  }
  if (signature.experimental) {
    const hint =
      'use a stable function; the stack does not set --enable-feature=promql-experimental-functions';
    report(callee, `${callee.name}() is experimental`, hint);
  }
  args.forEach((arg, index) => {
    const type = signature.args[Math.min(index, signature.args.length - 1)];
    if (type) expect(arg, type, `${callee.name}()`, report);
  });
}

function checkAggregate({ op, args, ...span }: Aggregate, report: Report): void {
  const name = op.name.toLowerCase();
  const wanted = parameterAggregations.has(name) ? 2 : 1;
  if (args.length !== wanted) {
    report(
      span,
      `${name} takes ${wanted === 2 ? 'a parameter and a vector' : 'one vector'}`,
      `found ${String(args.length)} arguments`,
    );
    return;
  }
  if (experimentalAggregations.has(name)) {
    report(op, `${name} is experimental`, 'use topk or bottomk; the stack does not set the feature flag');
  }
  const [first, second] = args;
  if (second && first) {
    expect(first, name === 'count_values' ? 'string' : 'scalar', name, report);
    expect(second, 'vector', name, report);
  } else if (first) expect(first, 'vector', name, report);
}

function checkBinary(binary: Binary, report: Report): void {
  const { left, right, op, matching } = binary;
  const sides = [typeOf(left), typeOf(right)];
  sides.forEach((type, index) => {
    if (type === 'scalar' || type === 'vector') return;
    report(
      index === 0 ? left : right,
      `"${op.name}" takes numbers and instant vectors, not ${words[type]}`,
      'add a function such as rate()',
    );
  });
  if (binary.bool && !isComparison(op.name)) report(op, 'bool may only follow a comparison', 'remove bool');
  const bothScalar = sides.every((type) => type === 'scalar');
  if (bothScalar && isComparison(op.name) && !binary.bool) {
    report(op, 'two numbers are compared without bool', `write ${op.name} bool`);
  }
  if (isSetOperator(op.name) && sides.includes('scalar')) {
    const scalar = sides[0] === 'scalar' ? left : right;
    report(scalar, `"${op.name}" takes instant vectors, not a number`, 'write vector(number)');
  }
  if (binary.fill) report(op, 'fill modifiers are experimental', 'the stack does not set the feature flag');
  if (matching !== undefined) checkMatching(binary, report);
}

function checkMatching({ op, matching, left, right }: Binary, report: Report): void {
  if (matching === undefined) return;
  if (typeOf(left) === 'scalar' || typeOf(right) === 'scalar') {
    report(matching, 'vector matching needs an instant vector on both sides', 'remove on() or ignoring()');
  }
  if (matching.group && isSetOperator(op.name)) {
    report(
      matching,
      `group_${matching.group} may not be used with "${op.name}"`,
      'remove the group modifier',
    );
  }
  if (!matching.on) return;
  const twice = matching.include.find(({ name }) => matching.labels.some((label) => label.name === name));
  if (twice)
    report(
      twice,
      `"${twice.name}" stands in on() and in group_${matching.group ?? 'left'}()`,
      'keep it in on() only',
    );
}
