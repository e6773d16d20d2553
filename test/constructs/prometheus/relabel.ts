import { RE2JS } from 're2js';
import type { RelabelConfig } from '../../../constructs/prometheus/scrape-config';

/** Labels of a target or a sample. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Does what Prometheus does with relabel rules (github.com/prometheus/prometheus, model/relabel/relabel.go), with the
 * same expressions: RE2, anchored, `.` matching line ends too.
 *
 * @returns the new labels, or nothing if a rule drops the target
 */
export function relabel(rules: readonly RelabelConfig[] | undefined, before: Labels): Labels | undefined {
  const labels: Record<string, string> = { ...before };
  for (const {
    source_labels = [],
    regex = '(.*)',
    replacement = '$1',
    target_label,
    action = 'replace',
  } of rules ?? []) {
    const expression = RE2JS.compile(`^(?s:${regex})$`);
    const value = source_labels.map((name) => labels[name] ?? '').join(';');
    const matches = expression.matcher(value).find();
    if (action === 'keep' && !matches) return undefined;
    if (action === 'drop' && matches) return undefined;
    if (action === 'replace' && matches) {
      labels[target_label ?? ''] = expression.matcher(value).replaceAll(replacement);
    }
    if (action === 'labelmap') {
      for (const [name, content] of Object.entries(labels)) {
        const matcher = expression.matcher(name);
        if (matcher.find()) labels[expression.matcher(name).replaceAll(replacement)] = content;
      }
    }
  }
  return labels;
}

/** The labels that stay after relabeling: those without two leading underscores. */
export function lasting(labels: Labels | undefined): Labels | undefined {
  return (
    labels &&
    Object.fromEntries(
      Object.entries(labels).filter(([name, value]) => !name.startsWith('__') && value !== ''),
    )
  );
}

/** Discovery labels of a running pod of the application. */
export function aPod(overrides: Labels = {}): Labels {
  return {
    __address__: '10.0.0.7:8080',
    __scheme__: 'http',
    __metrics_path__: '/metrics',
    __meta_kubernetes_namespace: 'prod',
    __meta_kubernetes_pod_name: 'rag-api-1',
    __meta_kubernetes_pod_node_name: 'node-1',
    __meta_kubernetes_pod_ip: '10.0.0.7',
    __meta_kubernetes_pod_phase: 'Running',
    __meta_kubernetes_pod_label_app: 'rag-api',
    __meta_kubernetes_pod_container_init: 'false',
    __meta_kubernetes_pod_container_port_name: 'http',
    __meta_kubernetes_pod_container_port_number: '8080',
    ...overrides,
  };
}
