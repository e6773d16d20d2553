/** One statement of a policy that is attached to a resource or a role. */
export interface PolicyStatement {
  readonly sid: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  /** Who; `*` is everybody. @default - a policy of a role, where it is the role itself */
  readonly principal?: Principal;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  /** operator -> key -> values; all must hold. @default - no condition */
  readonly conditions?: Conditions;
}

/** A service by its name, an account or role by its ARN, an OpenID Connect provider by its ARN, or everybody. */
export type Principal =
  { readonly service: string } | { readonly aws: string } | { readonly federated: string } | '*';

/** operator -> key -> values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * Writes statements as an IAM policy document (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements).
 * Lists of one are written as the one value, which is how AWS gives them back; so a second plan finds no difference.
 */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: statement.effect ?? 'Allow',
      Principal: statement.principal && renderPrincipal(statement.principal),
      Action: oneOrMany(statement.actions),
      Resource: statement.resources && oneOrMany(statement.resources),
      Condition: statement.conditions && renderConditions(statement.conditions),
    })),
  });
}

function renderPrincipal(principal: Principal) {
  if (principal === '*') return '*';
  if ('service' in principal) return { Service: principal.service };
  return 'aws' in principal ? { AWS: principal.aws } : { Federated: principal.federated };
}

function renderConditions(conditions: Conditions) {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        // An operator with a set prefix compares lists: AWS wants one there even for a single value.
        Object.entries(keys).map(([key, values]) => [
          key,
          operator.includes(':') ? values : oneOrMany(values),
        ]),
      ),
    ]),
  );
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
