import type { LabelSpecs } from './metric-types';

/** Stands for every value beyond a label's bound. */
export const OTHER = 'other';

/**
 * Keeps labels within their bounds: once a label has as many values as it may have, less one, each new value is `other`.
 * A route or model that comes in from outside cannot fill Prometheus then.
 *
 * @returns a function from labels to labels
 */
export function boundedLabels(
  specs: LabelSpecs,
): (labels: Readonly<Record<string, string>>) => Record<string, string> {
  const bounds = Object.entries(specs).flatMap(([label, spec]) =>
    'atMost' in spec ? [{ label, atMost: spec.atMost, seen: new Set<string>() }] : [],
  );
  return (labels) => {
    const kept = { ...labels };
    for (const { label, atMost, seen } of bounds) {
      const value = kept[label] ?? '';
      if (seen.has(value)) continue;
      if (seen.size < Math.max(1, atMost - 1)) seen.add(value);
      else kept[label] = OTHER;
    }
    return kept;
  };
}
