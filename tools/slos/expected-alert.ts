import { sloRules } from '../../constructs/prometheus/slo-rules';
import type { Rule } from '../../content/rules';
import { burnAlertName, windowMinutes, type BurnTier, type Slo } from '../../content/slo-file';
import type { Patience } from './simulation';

/** What stands for `${links.<name>}` in the environment that the tests are for. */
export type Links = Readonly<Record<string, string>>;

/** One of `exp_alerts`. */
export interface ExpectedAlert {
  readonly exp_labels: Readonly<Record<string, string>>;
  readonly exp_annotations: Readonly<Record<string, string>>;
}

/** `for` and `keep_firing_for` of the budget alerts, read from the rules themselves. */
export function patienceOf(slo: Slo): Patience {
  const of = (severity: string): { hold: number; keep: number } => {
    const rule = sloRules(slo)
      .groups.flatMap(({ rules }) => rules)
      .find(
        ({ alert, expr, labels }) =>
          alert !== undefined && expr.includes('burn_rate') && labels?.['severity'] === severity,
      );
    return { hold: windowMinutes(rule?.for ?? '0m'), keep: windowMinutes(rule?.keep_firing_for ?? '0m') };
  };
  return { critical: of('critical'), warning: of('warning') };
}

/**
 * The budget alert of a severity, with its group's labels.
 *
 * @throws Error where the SLO has none
 */
export function burnRule(slo: Slo, severity: BurnTier['severity']): Rule {
  const found = sloRules(slo)
    .groups.flatMap((group) =>
      group.rules.map((rule) => ({ ...rule, labels: { ...group.labels, ...rule.labels } })),
    )
    .find(({ alert, labels }) => alert === burnAlertName(slo) && labels['severity'] === severity);
  if (found === undefined) throw new Error(`${slo.name} has no alert of severity ${severity}`);
  return found;
}

/**
 * The alert that a rule raises for labels and a value.
 *
 * @param rule with its group's labels
 * @throws Error for a template that this does not know
 */
export function expectedAlert(
  rule: Rule,
  labels: Readonly<Record<string, string>>,
  value: number,
  links: Links,
): ExpectedAlert {
  const annotations = Object.entries(rule.annotations ?? {}).map(([name, text]) => [
    name,
    filled(text, labels, value, links),
  ]);
  return {
    exp_labels: { ...labels, ...rule.labels },
    exp_annotations: Object.fromEntries(annotations) as Record<string, string>,
  };
}

function filled(text: string, labels: Readonly<Record<string, string>>, value: number, links: Links): string {
  const result = text
    .replace(/\{\{ with \$labels\.(\w+) \}\}(.*?)\{\{ end \}\}/g, (_, label: string, inner: string) =>
      labels[label] === undefined ? '' : inner.replace('{{ . }}', labels[label]),
    )
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
    .replace('{{ $value | printf "%.1f" }}', value.toFixed(1))
    .replace(/\$\{links\.(\w+)\}/g, (_, name: string) => links[name] ?? '');
  if (result.includes('{{')) throw new Error(`"${text}" holds a template that the tests cannot fill`);
  return result;
}
