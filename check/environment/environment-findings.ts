import type { ConfigProblem } from '../../constructs/kubernetes/config-error';
import type { Environment } from '../../environments/environment';
import { fileStart, findingAt, type Finding } from '../finding';
import { collisionProblems, type ClaimedNames } from './collisions';
import { fieldPosition } from './field-position';
import type { EnvironmentProblem } from './problem';
import { secretProblems } from './secrets';
import { senseProblems } from './sense';
import { shapeProblems } from './shape';

/** An environment and the file that it is written in. */
export interface EnvironmentSource {
  /** What the file exports; not yet known to be an environment. */
  readonly environment: unknown;
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
}

/** Everything that is wrong in environments, each one by itself. */
export function environmentFindings(sources: readonly EnvironmentSource[]): Finding[] {
  return [...sources.flatMap(ownFindings), ...sameName(sources)];
}

/** Names that two environments claim. */
export function collisionFindings(
  sources: readonly EnvironmentSource[],
  claims: readonly ClaimedNames[],
): Finding[] {
  return collisionProblems(claims).flatMap(({ environment, problem }) => {
    const source = sources.find((candidate) => nameOf(candidate) === environment);
    return source === undefined ? [] : [finding(source, problem, 'environment/name-collision')];
  });
}

/** A problem of a model as a finding; its place is the model's own. */
export function modelFinding(problem: ConfigProblem, rule: string): Finding {
  return findingAt(problem.where, fileStart, {
    rule,
    message: `${problem.found}; allowed: ${problem.allowed}`,
    hint: problem.mend,
  });
}

function ownFindings(source: EnvironmentSource): Finding[] {
  const shape = shapeProblems(source.environment);
  const secrets = secretProblems(source.environment);
  // What has no shape makes no sense either, and would only be told twice.
  const sense = shape.length > 0 ? [] : senseProblems(source.environment as Environment);
  return [
    ...shape.map((problem) => finding(source, problem, 'environment/shape')),
    ...secrets.map((problem) => finding(source, problem, 'environment/secret')),
    ...sense.map((problem) => finding(source, problem, 'environment/sense')),
  ];
}

function sameName(sources: readonly EnvironmentSource[]): Finding[] {
  return sources.flatMap((source, index) => {
    const first = sources.findIndex((candidate) => nameOf(candidate) === nameOf(source));
    if (first === index) return [];
    return [
      finding(
        source,
        {
          path: ['name'],
          found: `is "${nameOf(source)}", as in ${sources[first]?.file ?? ''}`,
          allowed: 'a name of its own',
          mend: 'rename one of them',
        },
        'environment/name-collision',
      ),
    ];
  });
}

function finding(source: EnvironmentSource, problem: EnvironmentProblem, rule: string): Finding {
  const field = [nameOf(source), ...problem.path.map(String)].join('.');
  return findingAt(source.file, fieldPosition(source.text, problem.path), {
    rule,
    message: `${field} ${problem.found}; allowed: ${problem.allowed}`,
    hint: problem.mend,
  });
}

function nameOf({ environment }: EnvironmentSource): string {
  const name: unknown =
    typeof environment === 'object' && environment !== null ? Reflect.get(environment, 'name') : '';
  return typeof name === 'string' ? name : '';
}
