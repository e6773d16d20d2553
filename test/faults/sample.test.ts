import { describeWithEngines } from '../support/engines';
import { brokenRules } from './broken-rules';
import { measured, type FaultPrograms } from './fault';
import { alertmanagerKilled } from './alertmanager-killed';
import { jaegerKilled } from './jaeger-killed';
import { prometheusKilled } from './prometheus-killed';
import { webhookDown } from './webhook-down';

/** Those that take seconds; `npm run faults` tries all. */
const SAMPLE = [prometheusKilled, brokenRules, alertmanagerKilled, webhookDown, jaegerKilled];

jest.setTimeout(180_000);

describeWithEngines(
  ['prometheus', 'alertmanager', 'jaeger'],
  'faults of the real programs',
  (programs: FaultPrograms) => {
    it.each(SAMPLE.map((fault) => [fault.name, fault] as const))(
      'keeps every promise: %s',
      async (_name, fault) => {
        const measures = await measured(fault, programs);

        expect(measures.filter(({ kept }) => kept === true).length).toBeGreaterThan(0);
        expect(measures.filter(({ kept }) => kept === false)).toEqual([]);
      },
    );
  },
);
