import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import {
  adaptPrometheus,
  loadedGroups,
  startPrometheus,
  type PrometheusHere,
} from '../support/prometheus-here';
import { freePort } from '../support/programs';
import { renderedFolder } from '../support/rendered';
import { activeAlerts } from './active-alerts';
import { componentPod } from './component-pod';
import { outOf, promised, type Fault, type FaultPrograms, type Measure } from './fault';

const ALERT = 'PrometheusConfigReloadFailed';

const FILE = 'prometheus/rules/broken.yaml';

const BROKEN = 'groups:\n  - name: broken\n    rules:\n      - alert: Broken\n        expr: sum by (\n';

const MENDED = BROKEN.replace('sum by (', 'vector(0) > 1');

/** A rule file arrives that Prometheus cannot read. */
export const brokenRules: Fault = {
  name: 'broken-rules',
  title: 'A rule file is broken',
  promise: `Every old rule works on, \`${ALERT}\` fires, and ends when the file is mended.`,
  how: 'A file with half an expression is put beside the rendered ones; Prometheus, which watches itself as in the cluster, looks at its files by itself. The alert is the rendered one less its `for`.',
  measure,
};

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const port = await freePort();
  adaptPrometheus(folder, { jobs: { prometheus: [componentPod('local', 'prometheus', port)] } });
  const prometheus = cleanup.stopLater(await startPrometheus(command, folder, port));
  const before = await rulesOf(prometheus);
  folder.write(FILE, BROKEN);
  const fires = await fireUntil(prometheus, true);
  const during = await rulesOf(prometheus);
  const evaluating = await evaluationsGoOn(prometheus);
  folder.write(FILE, MENDED);
  const ends = await fireUntil(prometheus, false);
  const after = await rulesOf(prometheus);
  return [
    promised(
      'old rules loaded while the file is broken',
      outOf(during.length, before.length),
      during.join() === before.join(),
    ),
    promised('their evaluations go on', evaluating ? 'yes' : 'no', evaluating),
    promised(`\`${ALERT}\` fires`, fires ? 'yes' : 'no', fires),
    promised('the alert ends and the new rule is loaded once the file is mended', ends ? 'yes' : 'no', ends),
    promised('rules after the mend, the new one included', String(after.length), after.includes('Broken')),
  ];
}

async function rulesOf(prometheus: PrometheusHere): Promise<readonly string[]> {
  return (await loadedGroups(prometheus)).flatMap(({ rules }) => rules.map(({ name }) => name)).sort();
}

/** Whether the alert's state becomes what is expected before patience ends. */
async function fireUntil(prometheus: PrometheusHere, wanted: boolean): Promise<boolean> {
  const fires = async () =>
    (await activeAlerts(prometheus)).some(
      ({ labels, state }) => labels['alertname'] === ALERT && state === 'firing',
    );
  return eventually(ALERT, fires, (found) => found === wanted, 60_000).then(
    () => true,
    () => false,
  );
}

async function evaluationsGoOn({ url }: PrometheusHere): Promise<boolean> {
  const count = async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return [...metrics.matchAll(/^prometheus_rule_evaluations_total\{.*\} (\S+)$/gm)].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  };
  const first = await count();
  return eventually('evaluations', count, (now) => now > first).then(
    () => true,
    () => false,
  );
}
