import type { MetricAlias } from '../../content/metric-aliases';
import type { RelabelConfig } from './scrape-config';

/**
 * Renames samples of an old name to the canonical one; a histogram's parts keep their suffix.
 *
 * A target must expose one of both names only: two samples that become one series are a conflict, of which Prometheus
 * keeps the first and logs the other.
 */
export function aliasRelabeling(aliases: readonly MetricAlias[]): RelabelConfig[] {
  return aliases.map(({ name, canonical, suffixes }) => {
    const parts = suffixes.filter((suffix) => suffix !== '');
    return {
      source_labels: ['__name__'],
      // Names of metrics hold no character that means something in a regular expression.
      regex: parts.length === 0 ? name : `${name}(${suffixes.join('|')})`,
      target_label: '__name__',
      replacement: parts.length === 0 ? canonical : `${canonical}$1`,
    };
  });
}
