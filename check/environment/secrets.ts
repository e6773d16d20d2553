import { shown, type EnvironmentProblem } from './problem';

/** What secret values look like, by who gives them out. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/hooks\.slack\.com\/services\//, 'a Slack webhook, whose address is its secret'],
  [/\bxox[abeprs]-/, 'a Slack token'],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/, 'an address with a password'],
  [/\bsk-[A-Za-z0-9_-]{16,}/, 'an API key'],
  [/\bgh[pousr]_[A-Za-z0-9]{20,}/, 'a GitHub token'],
];

/** Secret values that stand in an environment, wherever they do. The value itself is never repeated. */
export function secretProblems(
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly EnvironmentProblem[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => secretProblems(child, [...path, key]));
  }
  if (typeof value !== 'string') return [];
  const match = SECRET_SHAPES.find(([shape]) => shape.test(value));
  if (match === undefined) return [];
  return [
    {
      path,
      found: `looks like ${match[1]} (${shown(value.length)} characters, not shown)`,
      allowed: 'a reference { name, key } to a Kubernetes Secret, never the secret value itself',
      mend: 'take the value out of the repository, replace it where it was given out, and name a Secret (README, "Secrets")',
    },
  ];
}
