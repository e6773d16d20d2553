import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { YamlFile } from '../../content/yaml-file';
import { randomNumbers } from '../../tools/samples/random';

/** What stands in the way of a parser. */
const INTRUDERS = [
  ...[' ', ':', '-', '\n', '\t', '"', "'", '{', '}', '[', ']', '#', '&', '*', '!', '|', '>', '%', '@', '`'],
  ...[',', '?', 'a', '0', '~', '\n  ', '\n- ', '...\n', '---\n', '<<: ', '0x1', '1_0'],
];

const ROOT = join(__dirname, '../..');

const texts = ['metrics', 'alert-rules', 'slos'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);

describe('a YAML file', () => {
  it('says the same to the parser of values and to the parser of places, in every file of the project', () => {
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) {
      const document = parseDocument(text, { uniqueKeys: true });

      expect([...document.errors, ...document.warnings]).toEqual([]);
      expect(new YamlFile(text).value).toEqual(document.toJS());
    }
  });

  it('has either a value or problems with a place in the text, however broken that is', () => {
    const next = randomNumbers(20261122);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
    let refused = 0;
    for (let round = 0; round < 4000; round += 1) {
      const text = pick(texts).slice(0, 800);
      const at = Math.floor(next() * text.length);
      const broken = text.slice(0, at) + pick(INTRUDERS) + text.slice(at + Math.floor(next() * 3));
      const { value, problems } = new YamlFile(broken);
      const lines = broken.split('\n').length;

      expect([broken, value === undefined]).toEqual([broken, problems.length > 0]);
      for (const { position, message } of problems) {
        expect(position.line).toBeLessThanOrEqual(lines);
        expect(message).not.toBe('');
      }
      if (problems.length > 0) refused += 1;
    }
    expect(refused).toBeGreaterThan(500);
  });

  it.each([
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', { line: 3, column: 1 }],
    ['two documents', 'a: 1\n---\nb: 2\n', { line: 2, column: 1 }],
    ['an alias without its anchor', 'a: 1\nb: *c\n', { line: 2, column: 5 }],
    ['nothing at all', '', { line: 1, column: 1 }],
    ['a bracket that stays open', 'a: [1, 2\n', { line: 2, column: 1 }],
  ])('tells the place of %s', (_, text, position) => {
    const file = new YamlFile(text);

    expect(file.value).toBeUndefined();
    expect(file.problems).toEqual([expect.objectContaining({ position })]);
  });

  it.each([
    ['hexadecimal', 'a: 0x60', 96],
    ['text that looks like hexadecimal', "a: '0x60'", '0x60'],
    ['words of the old version', 'a: yes', 'yes'],
    ['a date', 'a: 2026-01-15', '2026-01-15'],
    ['the key of merging', 'a: {<<: b}', { '<<': 'b' }],
  ])('reads %s as YAML 1.2 does', (_, text, value) => {
    expect(new YamlFile(text).value).toEqual({ a: value });
  });

  it('knows where a value, a key and a place within a text stand', () => {
    const file = new YamlFile('groups:\n  - name: one\n    expr: |\n      up ==\n        0\n');

    expect(file.positionOf(['groups', 0, 'name'])).toEqual({ line: 2, column: 11 });
    expect(file.positionOfKey(['groups', 0, 'expr'])).toEqual({ line: 3, column: 5 });
    expect(file.positionOf(['groups', 0, 'expr'], 'up ==\n  '.length)).toEqual({ line: 5, column: 9 });
  });
});
