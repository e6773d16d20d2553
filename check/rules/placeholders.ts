import { NAMESPACE_PATTERNS, placeholdersIn } from '../../content/placeholders';
import type { YamlPath } from '../../content/yaml-file';
import type { ContentFacts } from '../facts';
import { didYouMean } from '../did-you-mean';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { listed } from '../expressions/problem';
import type { RuleView, RuleViews } from './rule-view';

/** `rules/placeholder`: a placeholder that no environment fills. */
export function placeholders({ rules }: RuleViews, { thresholds, links }: ContentFacts): Finding[] {
  const known = [
    ...thresholds.map((name) => `thresholds.${name}`),
    ...links.map((name) => `links.${name}`),
    ...NAMESPACE_PATTERNS.map((name) => `namespaces.${name}`),
  ];
  return rules.flatMap((view) =>
    texts(view).flatMap(([path, text]) =>
      placeholdersIn(text)
        .filter(({ name }) => !known.includes(name))
        .map(({ name, from }) =>
          findingAt(view.file, view.at(path, from), {
            rule: 'rules/placeholder',
            message: `no environment fills \${${name}}; known are ${listed(known)}`,
            hint: didYouMean(name, known) ?? 'add the number to thresholds in environments/environment.ts',
          }),
        ),
    ),
  );
}

function texts({ rule }: RuleView): [YamlPath, string][] {
  const fields = (['labels', 'annotations'] as const).flatMap((field) =>
    Object.entries(rule[field] ?? {}).map(([key, text]): [YamlPath, string] => [[field, key], text]),
  );
  return [[['expr'], rule.expr], ...fields];
}
