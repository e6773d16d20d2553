import { SCENARIOS, scenarioOf } from '../../examples/rag-api/load/scenarios';

/** What every change is tested with; `npm run test:e2e` runs all. */
const SAMPLE = ['error-burst', 'provider-down'];

/**
 * The scenarios that a run is asked for by the variable `E2E`: `sample`, or names with commas between them.
 *
 * @param text all scenarios by default
 * @throws Error with the names that there are, where one is unknown
 */
export function scenarioNames(text: string | undefined): readonly string[] {
  if (text === undefined) return SCENARIOS.map(({ name }) => name);
  if (text === 'sample') return SAMPLE;
  return text.split(',').map((name) => scenarioOf(name.trim()).name);
}
