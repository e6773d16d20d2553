import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { QUESTIONS, withNumber } from '../../../../examples/rag-api/load/questions';
import { SCENARIOS, scenarioOf } from '../../../../examples/rag-api/load/scenarios';
import { evaluate } from '../../../../examples/rag-api/evaluation/evaluate';
import { writeAnswer } from '../../../../examples/rag-api/model/write-answer';
import { knowledgeBase, readDocuments } from '../../../../examples/rag-api/retrieval/knowledge-base';
import { rerank } from '../../../../examples/rag-api/retrieval/rerank';
import { readFaults } from '../../../../examples/rag-api/service/faults';
import { readContent } from '../../../../content/content';

const ROOT = join(__dirname, '../../../..');

/** Alerts of the project with their tiers, as `name severity`. */
function alerts(): ReadonlySet<string> {
  const { rules } = readContent(ROOT);
  const texts = rules.map((file) => readFileSync(join(ROOT, file.path), 'utf8'));
  const groups = texts.flatMap(
    (text) =>
      (parse(text) as { groups: { rules: { alert?: string; labels?: { severity?: string } }[] }[] }).groups,
  );
  return new Set(
    groups
      .flatMap((group) => group.rules)
      .map(({ alert = '', labels }) => `${alert} ${labels?.severity ?? ''}`),
  );
}

describe('the scenarios', () => {
  it('are the twelve that the load generator is known for', () => {
    expect(SCENARIOS.map(({ name }) => name)).toEqual([
      'normal',
      'cost-spike',
      'provider-rate-limited',
      'provider-down',
      'slow-retrieval',
      'empty-retrieval',
      'quality-drop',
      'cache-collapse',
      'queue-growth',
      'memory-leak',
      'error-burst',
      'traffic-zero',
    ]);
  });

  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'expect of %s alerts that the project has, and switch on faults that the service knows',
    (_name, { expects, faults }) => {
      const known = alerts();
      const wrong = expects.filter(({ alert, severity }) => !known.has(`${alert} ${severity}`));
      expect(wrong).toEqual([]);
      expect(Object.values(faults).map(readFaults)).toEqual(Object.values(faults));
    },
  );

  it('expect something of each but the normal one', () => {
    expect(SCENARIOS.filter(({ expects }) => expects.length === 0).map(({ name }) => name)).toEqual([
      'normal',
    ]);
  });

  it('say which there are where a name is wrong', () => {
    expect(() => scenarioOf('chaos')).toThrow(/^no scenario "chaos"; there are normal, cost-spike, /);
  });
});

describe('the questions of the load generator', () => {
  const { embedder, index } = knowledgeBase(readDocuments());
  const asked = QUESTIONS.flatMap((question) => [question, withNumber(question, 4711)]);

  it.each(asked.map(({ question, answer }) => [question, answer] as const))(
    '"%s" is answered rightly from the documents, and passes evaluation',
    (question, answer) => {
      const found = index.search(embedder.embed(question), { limit: 4, cutOff: 0.3 });
      const passages = rerank(question, found, embedder).map(({ chunk }) => chunk);
      const text = writeAnswer(question, passages, embedder);
      expect(text).toContain(answer);
      const scores = evaluate(question, text, passages, embedder);
      expect(Math.min(scores.relevance, scores.contextPrecision, scores.groundedness)).toBeGreaterThan(0.7);
    },
  );
});
