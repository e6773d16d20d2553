import type { Component, IamStatement, PolicyRule } from '../../constructs/kubernetes/component';
import type { ConfigProblem } from '../../constructs/kubernetes/config-error';

/** Resources of the Kubernetes API that give far more than monitoring needs. */
const FORBIDDEN_RESOURCES = new Set([
  '*',
  'secrets',
  'nodes/proxy',
  'pods/exec',
  'pods/attach',
  'serviceaccounts/token',
]);

/** What a monitoring program may do with the Kubernetes API. */
const ALLOWED_VERBS = new Set(['get', 'list', 'watch']);

/** Permissions that are wider than reading what is watched, and IAM actions by wildcard. */
export function privilegeProblems(
  environment: string,
  components: readonly Component[],
): readonly ConfigProblem[] {
  return components.flatMap((component) => {
    const where = `${environment}: ${component.namespace}/${component.name}`;
    const rules = [
      ...(component.permissions?.cluster ?? []),
      ...(component.permissions?.namespaced ?? []).flatMap((namespace) => namespace.rules),
    ];
    return [
      ...rules.flatMap((rule) => ruleProblems(where, rule)),
      ...(component.awsPermissions ?? []).flatMap((statement) => statementProblems(where, statement)),
    ];
  });
}

function ruleProblems(where: string, rule: PolicyRule): ConfigProblem[] {
  const resources = (rule.resources ?? []).filter((resource) => FORBIDDEN_RESOURCES.has(resource));
  const verbs = rule.verbs.filter((verb) => !ALLOWED_VERBS.has(verb));
  return [
    ...resources.map((resource) => ({
      where,
      found: `a role over "${resource}"`,
      allowed: 'resources by name, and none that reads secrets or runs commands',
      mend: 'name the resources that the program reads',
    })),
    ...verbs.map((verb) => ({
      where,
      found: `a role with the verb "${verb}"`,
      allowed: [...ALLOWED_VERBS].join(', '),
      mend: 'take the verb out: monitoring reads only',
    })),
  ];
}

function statementProblems(where: string, statement: IamStatement): ConfigProblem[] {
  return statement.actions
    .filter((action) => action.includes('*'))
    .map((action) => ({
      where,
      found: `the IAM action "${action}" in statement ${statement.sid}`,
      allowed: 'actions by name',
      mend: 'list the actions that the program uses',
    }));
}
