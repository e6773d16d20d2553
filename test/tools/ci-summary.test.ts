import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { closingLine, parseRun, summarize } from '../../tools/ci-summary';
import type { JestReport, TestRun } from '../../tools/ci-summary';

const FILE = join(process.cwd(), 'test/engines/rules.engine.test.ts');

function report(results: Readonly<Record<string, string>>, status = 'passed'): JestReport {
  const assertionResults = Object.entries(results).map(([fullName, result]) => ({
    fullName,
    status: result,
  }));
  return { testResults: [{ name: FILE, status, assertionResults }] };
}

function run(results: JestReport | undefined, more: Partial<TestRun> = {}): TestRun {
  return { label: 'npm test', report: results, exitCode: 0, mayNotSkip: false, ...more };
}

describe('summarize', () => {
  it('counts a test once that was skipped for want of an engine and ran in the second run', () => {
    const first = run(report({ 'labels agree': 'passed', 'rules [not on PATH: promtool] parse': 'pending' }));
    const second = run(report({ 'rules parse': 'passed' }), { mayNotSkip: true });

    expect(summarize([first, second], [])).toEqual({ passed: 2, failed: 0, skipped: 0, remarks: [] });
  });

  it('keeps a failure of either run, and names the test', () => {
    const failing = run(report({ 'rules parse': 'failed' }, 'failed'), { exitCode: 1 });
    const passing = run(report({ 'rules parse': 'passed' }));

    for (const runs of [
      [failing, passing],
      [passing, failing],
    ]) {
      expect(summarize(runs, [])).toEqual({
        passed: 0,
        failed: 1,
        skipped: 0,
        remarks: ['failed: test/engines/rules.engine.test.ts: rules parse'],
      });
    }
  });

  it('names each test that stays skipped', () => {
    expect(summarize([run(report({ later: 'todo', never: 'pending' }))], [])).toEqual({
      passed: 0,
      failed: 0,
      skipped: 2,
      remarks: [
        'skipped: test/engines/rules.engine.test.ts: later',
        'skipped: test/engines/rules.engine.test.ts: never',
      ],
    });
  });

  it('counts two tests of one name as two', () => {
    const twice = { fullName: 'rules parse', status: 'passed' };
    const results = { testResults: [{ name: FILE, status: 'passed', assertionResults: [twice, twice] }] };

    expect(summarize([run(results), run(results)], []).passed).toBe(2);
  });

  it('counts a file that does not load as a failure', () => {
    const summary = summarize([run(report({}, 'failed'), { exitCode: 1 })], []);

    expect(summary.failed).toBe(1);
    expect(summary.remarks).toEqual(['failed: test/engines/rules.engine.test.ts: the file itself']);
  });

  it('counts each failed gate as a failure', () => {
    expect(summarize([run(report({ a: 'passed' }))], ['lint', 'golden'])).toMatchObject({
      passed: 1,
      failed: 2,
      remarks: ['failed: lint', 'failed: golden'],
    });
  });

  it('fails a run that may not skip and did', () => {
    const strict = run(report({ a: 'pending' }), { label: 'npm run test:engines', mayNotSkip: true });

    expect(summarize([strict], [])).toMatchObject({
      failed: 1,
      skipped: 1,
      remarks: expect.arrayContaining([
        'failed: npm run test:engines skipped 1 tests, and may skip none',
      ]) as string[],
    });
  });

  it('fails a run that wrote no report', () => {
    expect(summarize([run(undefined)], []).remarks).toEqual(['failed: npm test wrote no report']);
  });

  it('fails a run that ended badly though no test failed', () => {
    expect(summarize([run(report({ a: 'passed' }), { exitCode: 134 })], [])).toMatchObject({
      failed: 1,
      remarks: ['failed: npm test ended with 134, though no test failed'],
    });
  });
});

describe('closingLine', () => {
  it('is the three totals', () => {
    expect(closingLine({ passed: 12, failed: 1, skipped: 0, remarks: [] })).toBe(
      '12 passed, 1 failed, 0 skipped',
    );
  });
});

describe('parseRun', () => {
  it('reads the report, and knows a strict run by its label', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ci-summary-'));
    writeFileSync(join(folder, 'unit.json'), JSON.stringify(report({ a: 'passed' })));
    const parsed = parseRun(`npm test=${join(folder, 'unit.json')}=1`, ['npm test']);
    rmSync(folder, { recursive: true });

    expect(parsed).toEqual({
      label: 'npm test',
      report: report({ a: 'passed' }),
      exitCode: 1,
      mayNotSkip: true,
    });
  });

  it('takes a report that is not there as none', () => {
    expect(parseRun('npm test=/no/such.json=0', []).report).toBeUndefined();
  });

  it('fails on an incomplete run', () => {
    expect(() => parseRun('npm test=unit.json', [])).toThrow(
      '--run npm test=unit.json; allowed: label=report.json=exit code; mend: give all three',
    );
  });
});
