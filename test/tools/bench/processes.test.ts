import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, ratio, run } from '../../../tools/bench/processes';

describe('the figures of the bench', () => {
  it('take the middle one of all runs', () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(3);
  });

  it('compare runs that were made one after the other', () => {
    // The second round met a busy machine; both programs did.
    expect(ratio([15, 150, 15], [10, 100, 10])).toBe(1.5);
  });

  it('are not taken of a program that fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'failing-'));
    try {
      writeFileSync(join(folder, 'failing.ts'), "throw new Error('as told');\n");

      expect(() => run({ folder, command: ['failing.ts'] })).toThrow(/failing\.ts ended with 1:[^]*as told/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
