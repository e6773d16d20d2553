import type { RuleFile } from '../../content/content';
import { replacePlaceholders, type NAMESPACE_PATTERNS } from '../../content/placeholders';
import type { Namespaces } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import { renderYaml } from '../kubernetes/render-yaml';

/** What an environment puts in place of placeholders. */
export interface RuleValues {
  /** Numbers for `${thresholds.<name>}`. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Base addresses for `${links.<name>}`. */
  readonly links: Readonly<Record<string, string>>;
  /**
   * Patterns for `${namespaces.<name>}`.
   * @default - no rule may use them
   */
  readonly namespaces?: Readonly<Record<string, string>>;
}

/** Where EKS keeps its add-ons, such as the cluster's DNS and the network plug-in: without them nothing else works. */
const ADD_ONS = 'kube-system';

/**
 * RE2 patterns over namespaces, for rules on what the whole cluster tells: `application`, `stack`, and `watched`, which
 * is both with the cluster's add-ons. Other tenants' pods are no business of this stack.
 */
export function namespacePatterns(
  namespaces: Namespaces,
): Record<(typeof NAMESPACE_PATTERNS)[number], string> {
  const stack = [namespaces.monitoring, namespaces.agents];
  const watched = new Set([...namespaces.application, ...stack, ADD_ONS]);
  // Names of namespaces hold no character that means something in an expression.
  return {
    application: namespaces.application.join('|'),
    stack: stack.join('|'),
    watched: [...watched].join('|'),
  };
}

/** A file of the ConfigMap that Prometheus reads its rules from. */
export interface RenderedRuleFile {
  /** Flat and unique: `alert-rules/recording/cost.yaml` becomes `recording-cost.yaml`. */
  readonly name: string;
  readonly content: string;
}

/**
 * Renders the rule files of one environment. Placeholders are replaced in the parsed texts, so a value can never change
 * the structure of the file.
 *
 * @throws ConfigError where a placeholder is not known or two paths give one name
 */
export function renderRuleFiles(rules: readonly RuleFile[], values: RuleValues): RenderedRuleFile[] {
  const paths = new Map<string, string>();
  return rules.map(({ path, document }) => {
    const name = path.replace(/^alert-rules\//, '').replace(/\//g, '-');
    const before = paths.get(name);
    if (before !== undefined) {
      throw new ConfigError({
        where: path,
        found: `would be mounted as ${name}, like ${before}`,
        allowed: 'paths that differ in more than "/" against "-"',
        mend: 'rename one of the two files',
      });
    }
    paths.set(name, path);
    return { name, content: renderYaml(filled(document.value, values, path)) };
  });
}

function filled(value: unknown, values: RuleValues, path: string): unknown {
  if (typeof value === 'string') return replacePlaceholders(value, ({ name }) => valueOf(name, values, path));
  if (Array.isArray(value)) return value.map((item) => filled(item, values, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values, path)]));
}

function valueOf(placeholder: string, values: RuleValues, path: string): string {
  const { thresholds, links, namespaces = {} } = values;
  const [kind = '', name = ''] = placeholder.split('.');
  const number = kind === 'thresholds' && Object.hasOwn(thresholds, name) ? thresholds[name] : undefined;
  if (number !== undefined) return decimal(number);
  const link = kind === 'links' && Object.hasOwn(links, name) ? links[name] : undefined;
  if (link !== undefined) return link.replace(/\/$/, '');
  const pattern = kind === 'namespaces' && Object.hasOwn(namespaces, name) ? namespaces[name] : undefined;
  if (pattern !== undefined) return pattern;
  throw new ConfigError({
    where: path,
    found: `the placeholder \${${placeholder}}`,
    allowed: [
      ...Object.keys(thresholds).map((key) => `thresholds.${key}`),
      ...Object.keys(links).map((key) => `links.${key}`),
      ...Object.keys(namespaces).map((key) => `namespaces.${key}`),
    ].join(', '),
    mend: 'use one of these, or add the number to the thresholds of the environments',
  });
}

/**
 * A number in plain digits: JavaScript writes 0.0000001 as 1e-7, which reads badly in an alert.
 *
 * @param value any finite number
 */
export function decimal(value: number): string {
  const [digits = '', exponent] = String(Math.abs(value)).split('e');
  const sign = value < 0 ? '-' : '';
  if (exponent === undefined) return sign + digits;
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return sign + whole + fraction.padEnd(shift, '0');
}
