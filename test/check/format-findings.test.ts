import { sortFindings } from '../../check/finding';
import type { Finding } from '../../check/finding';
import { formatFindings } from '../../check/format-findings';

const finding: Finding = {
  file: 'alert-rules/a,b.yaml',
  line: 3,
  column: 7,
  severity: 'warning',
  rule: 'alerts/runbook',
  message: '50% of\nit is wrong',
  hint: 'mend it',
};

describe('formatFindings', () => {
  it('writes place, rule, message and mend for a person, and how many there are', () => {
    expect(formatFindings([finding], 'text')).toBe(
      'alert-rules/a,b.yaml:3:7: warning alerts/runbook\n  50% of\nit is wrong\n  -> mend it\n0 errors, 1 warning, 0 infos\n',
    );
  });

  it('colours the severity', () => {
    const same = (text: string): string => text;
    const colours = { error: same, warning: (text: string) => `<${text}>`, info: same, dim: same };

    expect(formatFindings([finding], 'text', colours)).toContain(': <warning> alerts/runbook');
  });

  it('writes JSON for a program', () => {
    expect(JSON.parse(formatFindings([finding], 'json'))).toEqual([finding]);
  });

  it('escapes what GitHub would read as its own', () => {
    expect(formatFindings([finding, { ...finding, severity: 'info' }], 'github')).toBe(
      '::warning file=alert-rules/a%2Cb.yaml,line=3,col=7,title=alerts/runbook::50%25 of%0Ait is wrong -> mend it\n' +
        '::notice file=alert-rules/a%2Cb.yaml,line=3,col=7,title=alerts/runbook::50%25 of%0Ait is wrong -> mend it\n',
    );
  });
});

describe('sortFindings', () => {
  it('goes by file, line, column and rule, and says each thing once', () => {
    const later = { ...finding, line: 10 };
    const other = { ...finding, file: 'alert-rules/B.yaml' };

    expect(sortFindings([later, finding, other, { ...finding }])).toEqual([other, finding, later]);
  });
});
