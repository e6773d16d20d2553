import { senseProblems } from '../../../check/environment/sense';
import { environments } from '../../../environments/index';
import { prod } from '../../../environments/prod';

const withThresholds = (changes: Partial<typeof prod.thresholds>) =>
  senseProblems({ ...prod, thresholds: { ...prod.thresholds, ...changes } });

describe('two tiers of one alert', () => {
  it('are in order in every environment', () => {
    expect(environments.flatMap(senseProblems).filter(({ path: [first] }) => first === 'thresholds')).toEqual(
      [],
    );
  });

  it('may be equal', () => {
    expect(withThresholds({ errorWarningRatio: 0.05, errorRatio: 0.05 })).toEqual([]);
  });

  it('are refused where the page comes before the ticket, because more is worse', () => {
    expect(withThresholds({ latencyP95Seconds: 2, latencyP95CriticalSeconds: 1 })).toEqual([
      {
        path: ['thresholds', 'latencyP95CriticalSeconds'],
        found: 'is 1, below thresholds.latencyP95Seconds of 2: the page comes before the ticket',
        allowed: 'at least 2',
        mend: 'change one of the two',
      },
    ]);
  });

  it('are refused where the page comes before the ticket, because less is worse', () => {
    const { diskFreeWarningRatio } = prod.thresholds;

    expect(withThresholds({ diskFreeCriticalRatio: 0.9 })).toEqual([
      {
        path: ['thresholds', 'diskFreeCriticalRatio'],
        found: `is 0.9, above thresholds.diskFreeWarningRatio of ${String(diskFreeWarningRatio)}: the page comes before the ticket`,
        allowed: `at most ${String(diskFreeWarningRatio)}`,
        mend: 'change one of the two',
      },
    ]);
  });

  it('are refused where the pace of cost pages before it warns, which is at three times the budget', () => {
    expect(withThresholds({ dailyBudgetDollars: 10, dailyBurnDollars: 29 })).toEqual([
      {
        path: ['thresholds', 'dailyBurnDollars'],
        found:
          'is 29, below three times thresholds.dailyBudgetDollars of 10: the page comes before the ticket',
        allowed: 'at least 30',
        mend: 'change one of the two',
      },
    ]);
    expect(withThresholds({ dailyBudgetDollars: 10, dailyBurnDollars: 30 })).toEqual([]);
  });
});
