import type { Rule, RuleDocument } from '../../content/rules';
import { edited, type Operator } from './edit';
import { expressionEdits, type SiblingOf } from './expression-edits';
import { durationSteps } from './steps';

/** A rule file as rendered for an environment. */
export interface RuleFileHere {
  /** Flat name as Prometheus mounts it: `recording-cost.yaml`. */
  readonly name: string;
  /** Path in the repository. */
  readonly path: string;
  readonly document: RuleDocument;
}

/** One rule changed by one step. */
export interface Mutant {
  /** Unique and stable while the rule stands: file, rule and change. */
  readonly id: string;
  readonly operator: Operator;
  /** Path of the rule file in the repository. */
  readonly path: string;
  /** Name of the alert or recorded series. */
  readonly rule: string;
  /** Where the rule stands: name of the mounted file, index of the group, index in the group. */
  readonly place: readonly [file: string, group: number, rule: number];
  /** The rule after the change. */
  readonly changed: Rule;
}

/** A change of a rule before it has its number. */
interface Change {
  readonly operator: Operator;
  readonly text: string;
  readonly changed: Rule;
}

/** A severity next to each. */
const SEVERITIES: Readonly<Record<string, string>> = {
  critical: 'warning',
  warning: 'critical',
  info: 'warning',
  none: 'info',
};

/** Every change by one step of every rule, in the order of the files. */
export function mutantsOf(files: readonly RuleFileHere[], siblingOf: SiblingOf): readonly Mutant[] {
  return files.flatMap(({ name, path, document }) => {
    const seen = new Map<string, number>();
    return document.groups.flatMap(({ rules }, groupIndex) =>
      rules.flatMap((rule, ruleIndex) =>
        changesOf(rule, siblingOf).map(({ operator, text, changed }): Mutant => {
          const ruleName = nameOf(rule);
          const about = `${path} ${ruleName}: ${text}`;
          const count = (seen.get(about) ?? 0) + 1;
          seen.set(about, count);
          const id = count === 1 ? about : `${about} #${String(count)}`;
          return { id, operator, path, rule: ruleName, place: [name, groupIndex, ruleIndex], changed };
        }),
      ),
    );
  });
}

/** Name of the alert or recorded series. */
export function nameOf({ alert, record }: Rule): string {
  return alert ?? record ?? '';
}

function changesOf(rule: Rule, siblingOf: SiblingOf): Change[] {
  return [
    ...expressionEdits(rule.expr, siblingOf).map((edit) => ({
      operator: edit.operator,
      text: `${edit.operator} ${edit.before} -> ${edit.after}`,
      changed: { ...rule, expr: edited(rule.expr, edit) },
    })),
    ...timeChanges(rule, 'for'),
    ...timeChanges(rule, 'keep_firing_for'),
    ...labelChanges(rule),
  ];
}

function timeChanges(rule: Rule, field: 'for' | 'keep_firing_for'): Change[] {
  const time = rule[field];
  if (time === undefined) return [];
  return durationSteps(time).map((step) => ({
    operator: field,
    text: `${field} ${time} -> ${step}`,
    changed: { ...rule, [field]: step },
  }));
}

function labelChanges(rule: Rule): Change[] {
  return Object.entries(rule.labels ?? {}).map(([label, value]) => {
    const other = label === 'severity' ? (SEVERITIES[value] ?? 'info') : `other-${value}`;
    return {
      operator: 'label',
      text: `label ${label} ${value} -> ${other}`,
      changed: { ...rule, labels: { ...rule.labels, [label]: other } },
    };
  });
}
