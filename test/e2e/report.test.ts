import { scenarioOf } from '../../examples/rag-api/load/scenarios';
import type { Message } from './receivers';
import { report, type KeptResult } from './report';

const STARTED = 1_000_000;

function message(place: string, seconds: number): Message {
  const alert = 'HighErrorRate';
  return { place, alert, status: 'firing', severity: 'critical', text: '', at: STARTED + seconds * 1_000 };
}

const RESULT: KeptResult = {
  scenario: scenarioOf('error-burst'),
  startedAt: STARTED,
  raised: [
    { labels: { alertname: 'HighErrorRate', severity: 'critical' }, from: STARTED + 16_000 },
    { labels: { alertname: 'HighErrorRate', severity: 'warning' }, from: STARTED + 14_000 },
    { labels: { alertname: 'HighLatency', severity: 'warning' }, from: STARTED + 9_000 },
  ],
  inhibited: ['HighErrorRate (warning)'],
  emptyPanels: [],
  messages: [message('PagerDuty', 18), message('webhook', 17), message('PagerDuty', 40)],
  left: ['RagAvailabilityBudgetBurn (warning)', 'HighLatency (warning)'],
};

/** Cells of the rows that begin so, without the space around them. */
function rows(text: string, ...first: readonly string[]): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1))
    .filter((cells) => first.every((cell, index) => cells[index] === cell));
}

describe('the report of the scenarios', () => {
  const text = report([RESULT]);

  it('says what is missing, what nobody expected, and what goes on', () => {
    const [row] = rows(text, 'error-burst');

    expect(row?.slice(2)).toEqual([
      '2',
      'RagAvailabilityBudgetBurn (warning)<br>RagAvailabilityBudgetBurn (critical)',
      'HighLatency (warning)',
      'all but RagAvailabilityBudgetBurn (warning), which looks back 6 hours; HighLatency (warning)',
    ]);
    expect(text).toContain('1 scenario, 1 unexpected alert, 2 missing.');
  });

  it('says when a tier fired, when it was first told, in both times, and where', () => {
    expect(rows(text, 'error-burst', 'HighErrorRate (critical)')).toEqual([
      ['error-burst', 'HighErrorRate (critical)', '16 s (8 min)', '17 s (9 min)', 'PagerDuty<br>webhook'],
    ]);
    expect(rows(text, 'error-burst', 'HighErrorRate (warning)')[0]?.slice(3)).toEqual(['kept back', '-']);
    expect(rows(text, 'error-burst', 'RagAvailabilityBudgetBurn (critical)')[0]?.slice(2)).toEqual([
      'never',
      'never',
      '-',
    ]);
  });

  it('names the scenarios that were not run', () => {
    expect(text).toContain('- normal\n');
    expect(text).not.toContain('- error-burst');
  });
});
