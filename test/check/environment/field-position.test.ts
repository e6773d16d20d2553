import { environmentFindings } from '../../../check/environment/environment-findings';
import { fieldPosition } from '../../../check/environment/field-position';
import { prod } from '../../../environments/prod';

const TEXT = `import { shared } from './common';

export const prod = {
  name: 'prod',
  prometheus: {
    volume: { sizeGiB: 50 },
    retentionDays: 30,
  },
  shared,
};
`;

describe('fieldPosition', () => {
  it('finds a field inside its own object', () => {
    expect(fieldPosition(TEXT, ['prometheus', 'retentionDays'])).toEqual({ line: 7, column: 5 });
  });

  it('finds a missing field at the object that lacks it, not at another of its name', () => {
    expect(fieldPosition(TEXT, ['prometheus', 'storageClass'])).toEqual({ line: 5, column: 3 });
    expect(fieldPosition(TEXT, ['prometheus', 'volume', 'retentionDays'])).toEqual({ line: 6, column: 5 });
  });

  it('finds a shared constant where it is named', () => {
    expect(fieldPosition(TEXT, ['shared', 'inner'])).toEqual({ line: 9, column: 3 });
  });

  it('falls back to the first line', () => {
    expect(fieldPosition(TEXT, ['absent'])).toEqual({ line: 1, column: 1 });
  });
});

describe('environmentFindings', () => {
  it('tells file, line, field, what is allowed and how to mend it', () => {
    const environment = { ...prod, prometheus: { ...prod.prometheus, retentionDays: 0 } };

    expect(environmentFindings([{ environment, file: 'environments/prod.ts', text: TEXT }])).toEqual([
      {
        file: 'environments/prod.ts',
        line: 7,
        column: 5,
        severity: 'error',
        rule: 'environment/shape',
        message: 'prod.prometheus.retentionDays is 0; allowed: a whole number above 0',
        hint: 'correct the value',
      },
    ]);
  });

  it('refuses two environments of one name', () => {
    const source = { environment: prod, file: 'environments/prod.ts', text: TEXT };

    expect(environmentFindings([source, { ...source, file: 'environments/other.ts' }])).toMatchObject([
      {
        file: 'environments/other.ts',
        message: 'prod.name is "prod", as in environments/prod.ts; allowed: a name of its own',
      },
    ]);
  });

  it('says of something that is no environment at all what it lacks', () => {
    const findings = environmentFindings([{ environment: {}, file: 'environments/x.ts', text: '' }]);

    expect(findings.map(({ message }) => message)).toContain('.name is missing; allowed: string');
  });
});
