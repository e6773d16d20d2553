import {
  BURN_TIERS,
  burnAlertName,
  burnFactor,
  errorBudget,
  isAlive,
  wantedTiers,
  windowMinutes,
  type BurnTier,
} from '../../content/slo-file';

const [fast] = BURN_TIERS as readonly [BurnTier, ...BurnTier[]];

describe('burn tiers', () => {
  it('have the factors of the SRE workbook: share of the budget x period / window', () => {
    expect(BURN_TIERS.map(burnFactor)).toEqual([14.4, 6, 3, 1]);
  });

  it('end with a short window that is a twelfth of the long one', () => {
    for (const { long, short } of BURN_TIERS) expect(windowMinutes(long)).toBe(12 * windowMinutes(short));
  });

  it('are dead where even a share of 100 % is too little: 14.4 up to an objective of 93.05 %', () => {
    expect([0.9, 0.93, 0.9306, 0.95, 0.999].map((objective) => isAlive(fast, { objective }))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['availability', ['critical', 'critical', 'warning', 'warning']],
    ['latency', ['critical', 'critical', 'warning', 'warning']],
    ['cost', ['warning', 'warning']],
    ['quality', ['warning', 'warning']],
  ] as const)('of %s call a person only where users wait or get nothing', (kind, severities) => {
    expect(wantedTiers({ kind }).map(({ severity }) => severity)).toEqual(severities);
  });
});

describe('an SLO', () => {
  it('has an error budget without the dust of binary fractions', () => {
    expect([0.999, 0.995, 0.9].map((objective) => errorBudget({ objective }))).toEqual([0.001, 0.005, 0.1]);
  });

  it('names its alert', () => {
    expect(burnAlertName({ name: 'rag-latency' })).toBe('RagLatencyBudgetBurn');
  });

  it('knows windows of minutes, hours and days, and no others', () => {
    expect(['5m', '6h', '3d'].map(windowMinutes)).toEqual([5, 360, 4320]);
    expect(() => windowMinutes('1w')).toThrow('"1w" is not a window such as 6h');
  });
});
