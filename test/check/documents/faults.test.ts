import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkContent } from '../../../check/check-content';
import { viewDocuments } from '../../../check/documents/document-view';
import { readContent, yamlFile } from '../../../content/content';
import { readDocumentFiles } from '../../../content/source-document';
import { readTree } from '../../../tools/files';
import { alert, facts, ruleGroup } from '../../support/content';

const root = join(__dirname, '..', '..', '..');
const { faults } = viewDocuments(readDocumentFiles(root));
const refused = Object.entries(faults).flatMap(([name, { refused: rule, example }]) =>
  rule === undefined ? [] : [{ name, rule, example }],
);

describe('documents/faults.yaml', () => {
  it.each(refused.filter(({ example }) => example !== undefined))(
    '$name: `npm run check` refuses $example',
    ({ rule, example = '' }) => {
      const rules = [yamlFile('alert-rules/a.yaml', ruleGroup('a', alert('A', example)))];
      const content = { ...readContent(root), rules, dashboards: [], slos: [], runbooks: ['A.md'] };

      expect(checkContent(content, facts).map((finding) => finding.rule)).toContain(rule);
    },
  );

  it.each(refused.filter(({ example }) => example === undefined))(
    '$name: the rule $rule exists',
    ({ rule }) => {
      const files = [...readTree(join(root, 'check')).keys()];
      const sources = files.map((path) => readFileSync(join(root, 'check', path), 'utf8'));

      expect(sources.filter((text) => text.includes(`'${rule}'`))).not.toEqual([]);
    },
  );
});
