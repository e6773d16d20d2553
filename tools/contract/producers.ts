import { ENGINES, type EngineName } from '../../engines/engines';
import { findEngine } from '../../test/support/engines';
import type { EnginePaths } from '../../test/support/engines';
import type { Observed, ProducerGroup, Wanted } from './producer';
import { alertmanagerGroup } from './producers/alertmanager';
import { kubernetesGroup } from './producers/kubernetes';
import { nodeExporterGroup } from './producers/node-exporter';
import { prometheusGroup } from './producers/prometheus';
import { tracesGroup } from './producers/traces';

/** Everything of the contract that can be run here. */
export const PRODUCER_GROUPS: readonly ProducerGroup[] = [
  prometheusGroup,
  alertmanagerGroup,
  nodeExporterGroup,
  tracesGroup,
  kubernetesGroup,
] as readonly ProducerGroup[];

/** What came of running a group. */
export interface GroupResult {
  readonly observed: Observed;
  /** Engines that are not installed; nothing was run then. */
  readonly missing: readonly EngineName[];
}

/** Runs a group with the installed engines. */
export async function observeGroup(group: ProducerGroup, wanted: Wanted): Promise<GroupResult> {
  const found = group.engines.map((name) => [
    name,
    findEngine(name, { ...process.env, REQUIRE_ENGINES: '1' }),
  ]);
  const missing = group.engines.filter((_, index) => found[index]?.[1] === undefined);
  if (missing.length > 0) return { observed: {}, missing };
  return {
    observed: await group.observe(Object.fromEntries(found) as EnginePaths<EngineName>, wanted),
    missing,
  };
}

/** Version of the program that a producer is here; undefined for one that is not run. */
export function versionOf(producer: string): string | undefined {
  const name = PRODUCER_GROUPS.map(({ producers }) => producers[producer]).find(
    (engine) => engine !== undefined,
  );
  return ENGINES.find((engine) => engine.name === name)?.version;
}
