import type { Content } from '../../content/content';
import { forbiddenLabels, metricContractSchema, seriesNames } from '../../content/metric-contract';
import type { Metric, MetricContract } from '../../content/metric-contract';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { listed } from '../expressions/problem';
import { readSchema } from '../schema-findings';

/** The metric contract, and what of it does not fit. */
export interface ContractReading {
  readonly contracts: readonly MetricContract[];
  readonly findings: readonly Finding[];
}

/**
 * Reads metrics/*.yaml. `metrics/schema`: a file that does not fit the schema. `metrics/duplicate-name`: two metrics that claim one name. `metrics/unbounded-label`: a label
 * that grows without bound.
 */
export function readContract(content: Content): ContractReading {
  const contracts: MetricContract[] = [];
  const findings: Finding[] = [];
  const claimed = new Map<string, () => string>();
  for (const file of content.metrics) {
    if (file.document.problems.length > 0) continue;
    const { value, findings: found } = readSchema(file, metricContractSchema, 'metrics/schema');
    findings.push(...found);
    if (value === undefined) continue;
    contracts.push(value);
    value.metrics.forEach((metric, index) => {
      const path = ['metrics', index];
      const position = () => file.document.positionOf([...path, 'name']);
      const place = () => `${file.path}:${String(position().line)}`;
      for (const name of new Set(claims(metric))) {
        const before = claimed.get(name);
        claimed.set(name, before ?? place);
        if (before === undefined) continue;
        const message = `the name "${name}" belongs to this metric and to the one in ${before()}`;
        findings.push(
          findingAt(file.path, position(), {
            rule: 'metrics/duplicate-name',
            message,
            hint: 'keep one of them',
          }),
        );
      }
      for (const label of Object.keys(metric.labels).filter((name) => forbiddenLabels.has(name))) {
        const message = `"${metric.name}" has the label "${label}", which grows without bound; never allowed: ${listed(forbiddenLabels)}`;
        const at = file.document.positionOfKey([...path, 'labels', label]);
        const hint = 'put it into logs, span attributes or exemplars';
        findings.push(findingAt(file.path, at, { rule: 'metrics/unbounded-label', message, hint }));
      }
    });
  }
  return { contracts, findings };
}

/** Every name that a metric takes: its own, those of its parts, and the same of its aliases. */
function claims(metric: Metric): string[] {
  return [metric.name, ...metric.aliases].flatMap((name) => [name, ...seriesNames({ ...metric, name })]);
}
