import { parse } from 'yaml';
import { decimal, namespacePatterns, renderRuleFiles } from '../../../constructs/prometheus/rule-files';
import { yamlFile } from '../../../content/content';

const values = {
  thresholds: { errorRatio: 0.05, tiny: 1e-7 },
  links: { runbooks: 'https://example.org/runbooks/' },
};

function render(text: string): unknown {
  return parse(renderRuleFiles([yamlFile('alert-rules/a.yaml', text)], values)[0]?.content ?? '');
}

describe('renderRuleFiles', () => {
  it('fills placeholders in texts', () => {
    expect(
      render(
        '{ expr: "x > ${thresholds.errorRatio}", url: "${links.runbooks}/A.md", list: ["$${thresholds.tiny}"] }',
      ),
    ).toEqual({
      expr: 'x > 0.05',
      url: 'https://example.org/runbooks/A.md',
      list: ['$0.0000001'],
    });
  });

  it('fills patterns of namespaces, which the placeholder names', () => {
    const namespaces = namespacePatterns({ monitoring: 'm', agents: 'a', application: ['prod', 'canary'] });
    const rules = yamlFile(
      'alert-rules/a.yaml',
      '{ a: "${namespaces.application}", b: "${namespaces.stack}", c: "${namespaces.watched}" }',
    );

    expect(parse(renderRuleFiles([rules], { ...values, namespaces })[0]?.content ?? '')).toEqual({
      a: 'prod|canary',
      b: 'm|a',
      c: 'prod|canary|m|a|kube-system',
    });
  });

  it('leaves templates of alerts and everything that is no text as they are', () => {
    expect(render('{ text: "costs ${{ $value }}", limit: 5, none: null }')).toEqual({
      text: 'costs ${{ $value }}',
      limit: 5,
      none: null,
    });
  });

  it('cannot be made to change the structure of a file', () => {
    const links = { runbooks: 'x"\n  - record: y' };
    const file = yamlFile('alert-rules/a.yaml', 'groups: ["${links.runbooks}"]');

    expect(parse(renderRuleFiles([file], { ...values, links })[0]?.content ?? '')).toEqual({
      groups: ['x"\n  - record: y'],
    });
  });

  it('names files flat, in the order given', () => {
    const files = ['alert-rules/cost.yaml', 'alert-rules/recording/cost.yaml'].map((path) =>
      yamlFile(path, 'groups: []'),
    );

    expect(renderRuleFiles(files, values).map(({ name }) => name)).toEqual([
      'cost.yaml',
      'recording-cost.yaml',
    ]);
  });

  it('fails on two paths of one name', () => {
    const files = ['alert-rules/a-b.yaml', 'alert-rules/a/b.yaml'].map((path) =>
      yamlFile(path, 'groups: []'),
    );

    expect(() => renderRuleFiles(files, values)).toThrow(
      'alert-rules/a/b.yaml: would be mounted as a-b.yaml, like alert-rules/a-b.yaml',
    );
  });

  it.each(['thresholds.nope', 'links.nope', 'thresholds.toString', 'namespaces.watched', 'other'])(
    'fails on the placeholder %s',
    (name) => {
      expect(() => render(`expr: x > \${${name}}`)).toThrow(
        `alert-rules/a.yaml: the placeholder \${${name}}; allowed: thresholds.errorRatio, thresholds.tiny, links.runbooks; mend: use one of these, or add the number to the thresholds of the environments`,
      );
    },
  );
});

describe('decimal', () => {
  it.each([
    [0, '0'],
    [0.05, '0.05'],
    [-2.5, '-2.5'],
    [1e-7, '0.0000001'],
    [-1.25e-9, '-0.00000000125'],
    [1e21, '1000000000000000000000'],
    [1.5e21, '1500000000000000000000'],
  ])('writes %p as %s', (value, text) => {
    expect(decimal(value)).toBe(text);
    expect(Number(decimal(value))).toBe(value);
  });
});
