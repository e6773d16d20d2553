import { scenarioNames } from './scenario-names';
import { hoursOf } from './watched-hours';

describe('scenarioNames', () => {
  it('are all of them unless a run asks for some', () => {
    expect(scenarioNames(undefined)).toHaveLength(12);
    expect(scenarioNames('sample')).toEqual(['error-burst', 'provider-down']);
    expect(scenarioNames('normal, memory-leak')).toEqual(['normal', 'memory-leak']);
  });

  it('refuses one that does not exist, with those that do', () => {
    expect(() => scenarioNames('normal,leak')).toThrow(/no scenario "leak"; there are normal, .*memory-leak/);
  });
});

describe('hoursOf', () => {
  it('is one hour unless a run says otherwise', () => {
    expect([hoursOf(undefined), hoursOf('6'), hoursOf('0.5')]).toEqual([1, 6, 0.5]);
  });

  it.each(['', 'a day', '0', '-1', 'Infinity'])('refuses "%s"', (text) => {
    expect(() => hoursOf(text)).toThrow(/a number of hours above 0 is expected/);
  });
});
