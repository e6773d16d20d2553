import type { Scope } from '../metrics/scope';
import { isRatio, unitText } from '../metrics/unit';
import type { Unit } from '../metrics/unit';
import { didYouMean } from '../did-you-mean';
import { listed } from '../expressions/problem';
import type { Expr } from '../promql/ast';

/** What is wrong with a template text, and where in it. */
export interface TemplateProblem {
  readonly rule: string;
  readonly from: number;
  readonly message: string;
  readonly hint: string;
}

/** `alerts/template-label`: a label that the alert's result does not have. `$labels` holds the labels of the series only, none of the rule. */
export function templateLabels(text: string, expr: Expr, scope: Scope): TemplateProblem[] {
  const labels = scope.labelsOf(expr);
  if (labels === undefined) return [];
  return [...text.matchAll(/\$labels\.(\w+)/g)].flatMap((match) => {
    const name = match[1] ?? '';
    if (labels.has(name) || name === '__name__') return [];
    const message = `the result has no label "${name}": the text would show nothing; it can have ${listed(labels) || 'none'}`;
    return [
      {
        rule: 'alerts/template-label',
        from: match.index,
        message,
        hint: didYouMean(name, labels) ?? 'keep it in by (...)',
      },
    ];
  });
}

/** `alerts/template-unit`: the value printed as a percentage or a duration that it is not. */
export function templateUnits(text: string, expr: Expr, scope: Scope): TemplateProblem[] {
  const unit = scope.unitOf(expr);
  if (unit === undefined) return [];
  return [...text.matchAll(/\{\{-?\s*(?:\$value|\.Value)\b([^}]*)\}\}(\s?%)?/g)].flatMap((match) => {
    const fault = valueFault(match[1] ?? '', match[2] !== undefined, unit);
    return fault ? [{ rule: 'alerts/template-unit', from: match.index, ...fault }] : [];
  });
}

function valueFault(
  pipe: string,
  percentSign: boolean,
  unit: Unit,
): { message: string; hint: string } | undefined {
  const what = `the value is ${unitText(unit)}`;
  if (pipe.includes('humanizePercentage')) {
    if (isRatio(unit) && unit.scale === 1) return undefined;
    return {
      message: `${what}, printed as a percentage`,
      hint: 'print a ratio from 0 to 1, or say the unit in words',
    };
  }
  if (percentSign && !(isRatio(unit) && unit.scale === 100)) {
    return {
      message: `${what}, printed with a per cent sign`,
      hint: 'use {{ $value | humanizePercentage }} on a ratio from 0 to 1',
    };
  }
  if (pipe.includes('humanizeDuration') && !(unit.of === 'seconds' && unit.scale === 1)) {
    return { message: `${what}, printed as a duration`, hint: 'humanizeDuration takes seconds' };
  }
  if (pipe.includes('humanize1024') && !unit.of.startsWith('bytes')) {
    return { message: `${what}, printed in binary steps`, hint: 'humanize1024 is for bytes' };
  }
  return undefined;
}
