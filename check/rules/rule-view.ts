import type { Content } from '../../content/content';
import type { Position } from '../../content/position';
import { ruleFileSchema } from '../../content/rules';
import type { Rule, RuleGroup } from '../../content/rules';
import type { YamlPath } from '../../content/yaml-file';
import type { Finding } from '../finding';
import { readSchema } from '../schema-findings';

/** One rule with its surroundings and places. */
export interface RuleView {
  readonly file: string;
  readonly group: string;
  readonly rule: Rule;
  /** Name of the alert or of the recorded series. */
  readonly name: string;
  /** The rule's labels, those of its group included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Place of one of the rule's fields, or inside its text. */
  readonly at: (path?: YamlPath, offset?: number) => Position;
}

/** One group with its place. */
export interface GroupView {
  readonly file: string;
  readonly group: RuleGroup;
  /** Place of its name. */
  readonly at: () => Position;
}

/** What the rule files hold, and what of them does not fit the schema. */
export interface RuleViews {
  readonly groups: readonly GroupView[];
  readonly rules: readonly RuleView[];
  readonly findings: readonly Finding[];
}

/** Reads all rule files; one that does not fit the schema adds findings and no rules. */
export function viewRules(content: Content): RuleViews {
  const groups: GroupView[] = [];
  const rules: RuleView[] = [];
  const findings: Finding[] = [];
  for (const file of content.rules) {
    if (file.document.problems.length > 0) continue;
    const { value, findings: found } = readSchema(file, ruleFileSchema, 'rules/schema');
    findings.push(...found);
    value?.groups.forEach((group, groupIndex) => {
      const path = ['groups', groupIndex];
      groups.push({ file: file.path, group, at: () => file.document.positionOf([...path, 'name']) });
      group.rules.forEach((rule, ruleIndex) => {
        const base = [...path, 'rules', ruleIndex];
        rules.push({
          file: file.path,
          group: group.name,
          rule,
          name: rule.alert ?? rule.record ?? '',
          labels: { ...group.labels, ...rule.labels },
          at: (field = [], offset) => file.document.positionOf([...base, ...field], offset),
        });
      });
    });
  }
  return { groups, rules, findings };
}
