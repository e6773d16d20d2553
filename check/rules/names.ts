import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { GroupView, RuleView, RuleViews } from './rule-view';

/** `rules/duplicate-group`: a group name that two rule files (or one, twice) use; each name of a mounted folder must be one group. */
export function groupNames({ groups }: RuleViews): Finding[] {
  const first = new Map<string, GroupView>();
  return groups.flatMap((view) => {
    const { file, group, at } = view;
    const before = first.get(group.name);
    if (before === undefined) {
      first.set(group.name, view);
      return [];
    }
    const message = `the rule group "${group.name}" stands here and in ${before.file}:${String(before.at().line)}`;
    const hint = 'give one of the groups another name; names are unique over all rule files';
    return [findingAt(file, at(), { rule: 'rules/duplicate-group', message, hint })];
  });
}

/** `rules/duplicate-rule`: an alert or recorded series of the same name and labels in two places. */
export function ruleNames({ rules }: RuleViews): Finding[] {
  const first = new Map<string, RuleView>();
  return rules.flatMap((view) => {
    const { file, name, rule, labels } = view;
    const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([rule.alert === undefined, name, sorted]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, view);
      return [];
    }
    const field = rule.alert === undefined ? 'record' : 'alert';
    const message = `"${name}" with the same labels stands here and in ${before.file}:${String(before.at([field]).line)}`;
    const hint = 'keep one, or tell them apart by a label such as severity';
    return [findingAt(file, view.at([field]), { rule: 'rules/duplicate-rule', message, hint })];
  });
}

/** `rules/record-name`: a recorded series is named level:metric:operations. */
export function recordNames({ rules }: RuleViews): Finding[] {
  return rules.flatMap((view) => {
    const { file, rule, name } = view;
    if (rule.record === undefined || /^[a-zA-Z_][\w]*:[a-zA-Z_][\w]*:[a-zA-Z_][\w]*$/.test(name)) return [];
    const message = `"${name}" is not of the form level:metric:operations`;
    const hint =
      'name the labels that are left, the metric, then what was done: namespace:rag_requests:rate5m';
    return [findingAt(file, view.at(['record']), { rule: 'rules/record-name', message, hint })];
  });
}
