import type { AlarmState } from './alarm-evaluator';
import { isRuleTrue } from './alarm-rule';

/** Named as in AWS's examples. */
const STATES: Readonly<Record<string, AlarmState>> = {
  CPUUtilizationTooHigh: 'ALARM',
  DiskReadOpsTooHigh: 'OK',
  NetworkOutTooHigh: 'OK',
  DeploymentInProgress: 'INSUFFICIENT_DATA',
  'with spaces': 'ALARM',
};

function isTrue(rule: string): boolean {
  return isRuleTrue(rule, (alarm) => {
    const state = STATES[alarm];
    if (state === undefined) throw new Error(`no alarm ${alarm}`);
    return state;
  });
}

describe('the rule of a composite alarm', () => {
  it.each([
    ['ALARM(CPUUtilizationTooHigh)', true],
    ['OK(CPUUtilizationTooHigh)', false],
    ['OK(DiskReadOpsTooHigh)', true],
    ['INSUFFICIENT_DATA(DeploymentInProgress)', true],
    ['INSUFFICIENT_DATA(DiskReadOpsTooHigh)', false],
    ['TRUE', true],
    ['FALSE', false],
    ['NOT FALSE', true],
    ['NOT NOT ALARM(DiskReadOpsTooHigh)', false],
  ])('asks for one state: %s', (rule, expected) => {
    expect(isTrue(rule)).toBe(expected);
  });

  it.each([
    ['ALARM(CPUUtilizationTooHigh) AND ALARM(DiskReadOpsTooHigh)', false],
    ['ALARM(CPUUtilizationTooHigh) AND NOT ALARM(DeploymentInProgress)', true],
    ['(ALARM(CPUUtilizationTooHigh) OR ALARM(DiskReadOpsTooHigh)) AND OK(NetworkOutTooHigh)', true],
    ['NOT (ALARM(CPUUtilizationTooHigh) OR TRUE)', false],
    ['FALSE OR FALSE OR ALARM(CPUUtilizationTooHigh)', true],
    ['NOT FALSE AND FALSE', false],
    ['NOT (FALSE AND FALSE)', true],
  ])("combines as in AWS's examples: %s", (rule, expected) => {
    expect(isTrue(rule)).toBe(expected);
  });

  it.each([
    'ALARM("CPUUtilizationTooHigh")',
    ' ALARM ( "with spaces" ) ',
    'ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:CPUUtilizationTooHigh)',
    'ALARM("arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:with spaces")',
  ])('names an alarm with or without quotes, or by its ARN: %s', (rule) => {
    expect(isTrue(rule)).toBe(true);
  });

  it.each([
    ['ALARM(a) AND ALARM(b) OR ALARM(c)', 'AND beside OR needs parentheses'],
    ['RINGS(a)', '"RINGS" is no function'],
    ['alarm(a)', '"alarm" is no function'],
    ['ALARM(a', 'it ends too early'],
    ['ALARM(a b)', '"b" stands where ) should'],
    ['ALARM(a) ALARM(b)', '"ALARM" is too much'],
    ['ALARM(a) AND', 'it ends too early'],
    ['ALARM("a)', 'cannot be read from ""a)"'],
    ['', 'it ends too early'],
  ])('is refused if it is none: %s', (rule, why) => {
    expect(() => isTrue(rule)).toThrow(`${rule}: ${why}`);
  });
});
