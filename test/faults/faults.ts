import { alertStorm } from './alert-storm';
import { alertmanagerKilled } from './alertmanager-killed';
import { badTargets } from './bad-targets';
import { brokenRules } from './broken-rules';
import type { Fault } from './fault';
import { fullDisk } from './full-disk';
import { fullDiskStart } from './full-disk-start';
import { jaegerKilled } from './jaeger-killed';
import { oneOfPairKilled } from './one-of-pair-killed';
import { prometheusKilled } from './prometheus-killed';
import { serviceKilled } from './service-killed';
import { webhookDown } from './webhook-down';
import { wrongClock } from './wrong-clock';

/** Every fault, in the order of the chain: what scrapes, what it scrapes, what tells, what traces. */
export const FAULTS: readonly Fault[] = [
  prometheusKilled,
  fullDisk,
  fullDiskStart,
  brokenRules,
  badTargets,
  wrongClock,
  serviceKilled,
  alertmanagerKilled,
  oneOfPairKilled,
  webhookDown,
  alertStorm,
  jaegerKilled,
];
