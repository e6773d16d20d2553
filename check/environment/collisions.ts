import { shown, type EnvironmentProblem } from './problem';

/** A name that may exist once in its scope. */
export interface PhysicalName {
  /** Where it must be unique: `account 111122223333`, `cluster ...`. */
  readonly scope: string;
  /** Kind of the object, as its owner says it: `SNS topic`, `ClusterRole`. */
  readonly kind: string;
  readonly name: string;
  /** Field of the environment that the name is made of. */
  readonly field: readonly PropertyKey[];
}

/** What one environment claims. */
export interface ClaimedNames {
  readonly environment: string;
  readonly names: readonly PhysicalName[];
}

/**
 * Names that two environments claim in one account, region, cluster or state bucket. Terraform would not notice: each
 * stack has a state of its own, and the second apply takes over or destroys what belongs to the first.
 */
export function collisionProblems(
  claims: readonly ClaimedNames[],
): readonly { readonly environment: string; readonly problem: EnvironmentProblem }[] {
  const owners = new Map<string, string>();
  return claims.flatMap(({ environment, names }) =>
    names.flatMap(({ scope, kind, name, field }) => {
      const id = JSON.stringify([scope, kind, name]);
      const owner = owners.get(id);
      if (owner === undefined) {
        owners.set(id, environment);
        return [];
      }
      return [
        {
          environment,
          problem: {
            path: field,
            found: `makes the ${kind} ${shown(name)} in ${scope}, which ${owner === environment ? 'it makes already' : `environment ${owner} makes already`}`,
            allowed: `a name of its own in ${scope}`,
            mend: `change ${field.map(String).join('.')} here or in ${owner}`,
          },
        },
      ];
    }),
  );
}
