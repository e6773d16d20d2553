import { scenarioOf } from '../../examples/rag-api/load/scenarios';
import { describeWithEngines } from '../support/engines';
import { tierOf, tierOfLabels } from './alerts';
import { placesOf } from './expected-places';
import { keepResult } from './report';
import {
  firstMessages,
  lastStatus,
  measureUsualDay,
  outlasts,
  runScenario,
  toldTiers,
  type ScenarioResult,
} from './scenario-run';
import { scenarioNames } from './scenario-names';
import { ENGINES, startE2eStack } from './stack';
import type { UsualSeries } from './usual-day';
import { WATCHED_HOURS } from './watched-hours';

/** Start, load before, two waits, and some more for a busy machine. */
jest.setTimeout((15 + WATCHED_HOURS * 2) * 60_000);

describeWithEngines(
  ENGINES,
  'the stack of production with the example service, in compressed time',
  (engines) => {
    let yesterday: readonly UsualSeries[] = [];

    beforeAll(async () => {
      yesterday = await measureUsualDay(engines);
    });

    describe.each(scenarioNames(process.env['E2E']))('scenario %s', (name) => {
      const scenario = scenarioOf(name);
      let result: ScenarioResult;
      let deaths: readonly string[] = [];

      beforeAll(async () => {
        const stack = await startE2eStack(engines, yesterday);
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

        expect([...raised].sort()).toEqual(scenario.expects.map(tierOf).sort());
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
        const lower = scenario.expects.filter((tier) => !told.includes(tier));

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
