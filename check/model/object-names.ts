import type { Component } from '../../constructs/kubernetes/component';
import type { ConfigProblem } from '../../constructs/kubernetes/config-error';

/** RFC 1123 label: names of Services, namespaces and volumes. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** RFC 6335 service name: names of ports; at least one letter. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

/** Keys of ConfigMaps. */
const FILE_NAME = /^[-._a-zA-Z0-9]{1,253}$/;

/** Names that Kubernetes would refuse, or that two things would share. */
export function objectNameProblems(
  environment: string,
  components: readonly Component[],
): readonly ConfigProblem[] {
  return [
    ...components.flatMap((component) => nameProblems(environment, component)),
    ...twice(components.map(({ name, namespace }) => `${namespace}/${name}`)).map((name) => ({
      where: `${environment}: ${name}`,
      found: 'two components have this name',
      allowed: 'one component a name in each namespace',
      mend: 'rename one of them',
    })),
  ];
}

function nameProblems(environment: string, component: Component): ConfigProblem[] {
  const where = `${environment}: ${component.namespace}/${component.name}`;
  const wrong = (kind: string, names: readonly string[], allowed: RegExp, limit: string): ConfigProblem[] =>
    names
      .filter((name) => !allowed.test(name))
      .map((name) => ({
        where,
        found: `"${name}" cannot be the name of a ${kind}`,
        allowed: limit,
        mend: 'choose another name',
      }));
  const label = 'lower-case letters, digits and "-", at most 63 characters';
  return [
    ...wrong('component', [component.name, component.namespace], LABEL, label),
    ...wrong(
      'ConfigMap',
      component.config.map(({ name }) => `${component.name}-${name}`),
      LABEL,
      label,
    ),
    ...wrong(
      'Secret volume',
      component.secrets.map(({ name }) => `secret-${name}`),
      LABEL,
      label,
    ),
    ...wrong(
      'port',
      component.ports.map(({ name }) => name),
      PORT_NAME,
      'at most 15 lower-case letters, digits and "-"',
    ),
    ...wrong(
      'file',
      component.config.flatMap(({ files }) => Object.keys(files)),
      FILE_NAME,
      'letters, digits, "-", "_" and "."',
    ),
  ];
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
