import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figures, noticedShare, percent } from '../../../tools/mutation/report';
import { sample } from '../../../tools/mutation/sample';
import { readSurvivors, survivorFaults } from '../../../tools/mutation/survivors';
import type { Outcome, Verdict } from '../../../tools/mutation/trial';

const outcome = (id: string, verdict: Verdict): Outcome => ({
  verdict,
  mutant: { id, operator: 'for', path: 'a.yaml', rule: 'A', place: ['a.yaml', 0, 0], changed: { expr: '1' } },
});

const outcomes = [outcome('a', 'noticed'), outcome('b', 'survived'), outcome('c', 'untested')];

describe('survivors', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'survivors-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (text: string) => {
    const file = join(folder, 'survivors.yaml');
    writeFileSync(file, text);
    return readSurvivors(file);
  };

  it('are read with their reasons, and none without a file', () => {
    expect([...read('survivors: [{because: "the same number", changes: [b, c]}]')]).toEqual([
      ['b', 'the same number'],
      ['c', 'the same number'],
    ]);
    expect(readSurvivors(join(folder, 'absent.yaml')).size).toBe(0);
  });

  it('may stand in the list only once', () => {
    expect(() => read('survivors: [{because: "the same number", changes: [b, b]}]')).toThrow(
      '"b" stands there twice',
    );
  });

  it('are faults where they are not listed, and so are entries that do not survive', () => {
    const reasons = new Map(['a', 'b', 'gone'].map((id) => [id, 'a good reason']));

    expect(survivorFaults(outcomes, reasons)).toEqual({ unlisted: ['c'], stale: ['a', 'gone'] });
  });
});

describe('the figure of a run', () => {
  it('counts what is noticed, and is cut rather than rounded', () => {
    expect(noticedShare(outcomes)).toBeCloseTo(1 / 3);
    expect(percent(0.94999)).toBe('94.9');
  });

  it('stands in a table with a line for all', () => {
    expect(figures(outcomes, 'path')).toMatch(/a\.yaml .* 3 .* 1 .* 1 .* 1 .* 33\.3/);
    expect(figures(outcomes, 'operator')).toContain('all');
  });
});

describe('a sample', () => {
  const items = Array.from({ length: 50 }, (_, index) => ({ id: `item ${String(index)}` }));

  it('is the same for the same seed, and another for another', () => {
    expect(sample(items, 10, 1)).toEqual(sample([...items].reverse(), 10, 1));
    expect(sample(items, 10, 1)).not.toEqual(sample(items, 10, 2));
  });

  it('changes by no more items than come and go', () => {
    const before = sample(items, 10, 1);
    const after = sample(items.slice(1), 10, 1);

    expect(after.filter((item) => !before.includes(item)).length).toBeLessThanOrEqual(1);
  });
});
