import { alertmanagerKilled } from './alertmanager-killed';
import { brokenRules } from './broken-rules';
import type { Fault } from './fault';
import { jaegerKilled } from './jaeger-killed';
import { oneOfPairKilled } from './one-of-pair-killed';
import { prometheusKilled } from './prometheus-killed';
import { webhookDown } from './webhook-down';

/** Every fault, in the order of the chain: what scrapes, what it scrapes, what tells, what traces. */
export const FAULTS: readonly Fault[] = [
  prometheusKilled,
  brokenRules,
  alertmanagerKilled,
  oneOfPairKilled,
  webhookDown,
  jaegerKilled,
];
