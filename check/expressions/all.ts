import { functionTypes, perSeriesThresholds, rawCounters } from './counters';
import { bareHistograms, quantiles } from './histograms';
import { knownMetrics } from './known-metrics';
import { knownLabels } from './labels';
import type { ExpressionCheck } from './problem';
import { oneSidedFilters, unsetDenominators } from './ratios';

/** What every expression is looked at for. */
export const expressionChecks: readonly ExpressionCheck[] = [
  knownMetrics,
  knownLabels,
  bareHistograms,
  quantiles,
  functionTypes,
  rawCounters,
  oneSidedFilters,
  unsetDenominators,
];

/** What an alert's expression is looked at for as well. */
export const alertExpressionChecks: readonly ExpressionCheck[] = [perSeriesThresholds];

/** What the selector of a variable's query is looked at for: it lists series and computes nothing. */
export const selectorChecks: readonly ExpressionCheck[] = [knownMetrics, knownLabels, bareHistograms];
