import type { Counter, Gauge, Histogram, LabelSpecs, LabelsOf } from './metric-types';

/** How a metric begins. */
export interface MetricStart<L extends LabelSpecs> {
  /**
   * Label sets that are there before the first event, at 0; closed labels that one leaves out are filled in.
   * `absent`: none.
   * @default - every combination, where all labels are closed
   */
  readonly start?: 'absent' | readonly Partial<LabelsOf<L>>[];
}

/** Makes the metrics of one process. */
export interface MetricMaker {
  counter<const L extends LabelSpecs>(
    name: string,
    help: string,
    labels: L,
    start?: MetricStart<L>,
  ): Counter<L>;
  gauge<const L extends LabelSpecs>(name: string, help: string, labels: L, start?: MetricStart<L>): Gauge<L>;
  histogram<const L extends LabelSpecs>(
    name: string,
    help: string,
    labels: L,
    options: MetricStart<L> & { readonly buckets: readonly number[] },
  ): Histogram<L>;
}
