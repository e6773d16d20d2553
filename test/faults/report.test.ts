import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from './faults';
import { isKept, measuresIn, reliabilityPage } from './report';

const fault = { name: 'power-cut', title: 'The power is cut', promise: 'All stays.', how: 'By a switch.' };

const lost = { what: 'samples kept', found: '3 of 4', kept: false };
const held = { what: 'alerts told', found: '2 of 2', kept: true };
const unpromised = { what: 'a | b', found: '1' };

describe('reliabilityPage', () => {
  const page = reliabilityPage({
    findings: [{ fault, measures: [lost, held, unpromised] }],
    programs: ['prometheus 1'],
  });

  it('counts kept promises and tells what is lost without one', () => {
    expect(page).toContain('| [The power is cut](#power-cut) | 1 of 2 | a \\| b: 1 |');
    expect(page).toContain('Measured with prometheus 1.');
  });

  it('says of each measure whether its promise was kept', () => {
    expect(page).toContain('| samples kept | 3 of 4 | **broken** |');
    expect(page).toContain('| alerts told | 2 of 2 | kept |');
    expect(page).toContain('| a \\| b | 1 | not promised |');
  });
});

describe('measuresIn', () => {
  const other = { ...fault, name: 'flood' };
  const page = reliabilityPage({
    findings: [
      { fault, measures: [held, lost, unpromised] },
      { fault: other, measures: [held] },
    ],
    programs: ['prometheus 1'],
  });
  const expected = new Map([
    ['power-cut', [held, lost, { ...unpromised, kept: undefined }]],
    ['flood', [held]],
  ]);

  it('reads what a page tells of each fault', () => {
    expect(measuresIn(page)).toEqual(expected);
  });

  it('reads a page whose tables were padded', () => {
    expect(measuresIn(page.replaceAll(/(?<!\\)\|(?=.)/g, '|   '))).toEqual(expected);
  });
});

describe('isKept', () => {
  it('is so if no promise was broken and something was measured', () => {
    expect(isKept({ fault, measures: [held, unpromised] })).toBe(true);
    expect(isKept({ fault, measures: [held, lost] })).toBe(false);
    expect(isKept({ fault, measures: [] })).toBe(false);
  });
});

describe('docs/reliability.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'reliability.md'), 'utf8');

  it.each(FAULTS)(
    'tells of $name what is promised, how it was tried and what came of it',
    ({ name, title }) => {
      expect(page).toContain(`<a id="${name}"></a>\n\n## ${title}\n\nPromised: `);
    },
  );

  it('tells of no fault that is not tried', () => {
    expect(page.match(/<a id="/g)).toHaveLength(FAULTS.length);
  });

  it.each(FAULTS)('has measures of $name', ({ name }) => {
    expect(measuresIn(page).get(name)?.length).toBeGreaterThan(0);
  });

  it('tells of no broken promise', () => {
    expect(page).not.toContain('**broken**');
  });
});

describe('FAULTS', () => {
  it('are all that stand in files of their names', () => {
    const files = readdirSync(__dirname).filter((name) =>
      /^export const \w+: Fault = \{/m.test(readFileSync(join(__dirname, name), 'utf8')),
    );

    expect(FAULTS.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });
});
