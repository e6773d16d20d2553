import { SCENARIOS, scenarioOf } from '../../examples/rag-api/load/scenarios';
import { describeWithEngines } from '../support/engines';
import { tierOf, tierOfLabels } from './alerts';
import { placesOf } from './expected-places';
import { keepResult } from './report';
import {
  expectedHere,
  firstMessages,
  lastStatus,
  outlasts,
  runScenario,
  toldTiers,
  type ScenarioResult,
} from './scenario-run';
import { ENGINES, startE2eStack } from './stack';

/** What every change is tested with; `npm run test:e2e` runs all. */
const SAMPLE = ['error-burst', 'provider-down'];

/** Scenarios that raise something here; the service at work is tested beside them, in chain.e2e.test.ts. */
const names =
  process.env['E2E'] === 'sample'
    ? SAMPLE
    : SCENARIOS.filter((scenario) => scenario.name === 'normal' || expectedHere(scenario).length > 0).map(
        ({ name }) => name,
      );

/** Start, load before, two waits, and some more for a busy machine. */
jest.setTimeout(15 * 60_000);

describeWithEngines(
  ENGINES,
  'the stack of production with the example service, in compressed time',
  (engines) => {
    describe.each(names)('scenario %s', (name) => {
      const scenario = scenarioOf(name);
      let result: ScenarioResult;
      let deaths: readonly string[] = [];

      beforeAll(async () => {
        const stack = await startE2eStack(engines);
        try {
          result = await runScenario(stack, scenario);
          deaths = stack.deaths;
        } finally {
          await stack.stop();
        }
        keepResult(result);
      });

      it('raises exactly the alerts that it should', () => {
        const raised = new Set(result.raised.map(({ labels }) => tierOfLabels(labels)));

        expect([...raised].sort()).toEqual(expectedHere(scenario).map(tierOf).sort());
      });

      it('has each of them told at every place that it is routed to, with its summary and its runbook', () => {
        for (const tier of toldTiers(scenario)) {
          const found = firstMessages(result.messages, tier);
          const [summary = 'no text', runbook = 'no text'] = result.texts.get(tierOf(tier)) ?? [];

          expect([tier.alert, ...[...found.keys()].sort()]).toEqual([tier.alert, ...placesOf(tier)]);
          for (const { text } of found.values()) {
            expect(text).toContain(summary);
            expect(text).toContain(runbook);
          }
        }
      });

      it('tells nobody of anything else', () => {
        const told = new Set(result.messages.map(({ alert }) => alert));

        expect([...told].sort()).toEqual([...new Set(toldTiers(scenario).map(({ alert }) => alert))].sort());
      });

      it('keeps a warning back while its critical tier fires', () => {
        const told = toldTiers(scenario);
        const lower = expectedHere(scenario).filter((tier) => !told.includes(tier));

        expect(result.inhibited).toEqual(expect.arrayContaining(lower.map(tierOf)));
        expect(result.inhibited).toHaveLength(lower.length);
      });

      it('leaves nothing behind when it ends, and everybody is told so', () => {
        expect(result.left.filter((tier) => !outlasts(tier))).toEqual([]);
        for (const tier of toldTiers(scenario).filter((one) => !outlasts(tierOf(one)))) {
          expect([tier.alert, lastStatus(result.messages, tier)]).toEqual([tier.alert, 'resolved']);
        }
      });

      it('fills the panels that are about it', () => {
        expect(result.emptyPanels).toEqual([]);
      });

      it('ends no part of the stack', () => {
        expect(deaths).toEqual([]);
      });
    });
  },
);
