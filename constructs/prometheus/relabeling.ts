import type { RelabelConfig } from './scrape-config';

/** Name of the discovery label for a label or annotation of an object: other characters become underscores. */
export function metaLabel(
  object: 'pod_label' | 'pod_annotation' | 'service_label' | 'node_label',
  name: string,
): string {
  return `__meta_kubernetes_${object}_${name.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`;
}

/** A RE2 expression that matches exactly this text. */
export function exactly(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Keeps targets whose labels match. */
export function keep(sourceLabels: readonly string[], regex: string): RelabelConfig {
  return { source_labels: sourceLabels, regex, action: 'keep' };
}

/** Drops targets, or samples, whose labels match. */
export function drop(sourceLabels: readonly string[], regex: string): RelabelConfig {
  return { source_labels: sourceLabels, regex, action: 'drop' };
}

/** Copies a label as it stands. */
export function copy(sourceLabel: string, targetLabel: string): RelabelConfig {
  return { source_labels: [sourceLabel], target_label: targetLabel };
}

/** Keeps targets whose pod or Service carries all the labels. */
export function keepLabelled(
  object: 'pod_label' | 'service_label',
  labels: Readonly<Record<string, string>>,
): RelabelConfig[] {
  return Object.entries(labels).map(([name, value]) => keep([metaLabel(object, name)], exactly(value)));
}

/** Pods that do not run: not yet, or no more. `Unknown` stays, because a lost node must be seen as down. */
export const DROP_IDLE_PODS: RelabelConfig = drop(
  ['__meta_kubernetes_pod_phase'],
  'Pending|Succeeded|Failed',
);

/**
 * Where a pod stands. There is no label for the container on purpose: discovery yields a target for each declared
 * port of each container, and those that lead to the same address become one only if all their labels are equal.
 */
export const POD_TARGET_LABELS: readonly RelabelConfig[] = [
  copy('__meta_kubernetes_namespace', 'namespace'),
  copy('__meta_kubernetes_pod_name', 'pod'),
  copy('__meta_kubernetes_pod_node_name', 'node'),
];

/** Sends the scrape to one port of the pod, whether the pod declares it or not; IPv6 addresses get brackets. */
export function podAddress(port: number): RelabelConfig[] {
  const source = ['__meta_kubernetes_pod_ip'];
  return [
    {
      source_labels: source,
      regex: '([^:]+)',
      target_label: '__address__',
      replacement: `$1:${String(port)}`,
    },
    {
      source_labels: source,
      regex: '(.*:.*)',
      target_label: '__address__',
      replacement: `[$1]:${String(port)}`,
    },
  ];
}
