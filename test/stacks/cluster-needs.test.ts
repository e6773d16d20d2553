import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, GrafanaExposure } from '../../environments/environment';
import { allOf } from '../../stacks/components';
import { ENVIRONMENTS, modelOf } from '../support/rendered';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** The text of a section, up to the next of its level. */
function section(title: string): string {
  const [, rest = ''] = readme.split(`\n## ${title}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** What must carry out an exposure, by the names that people look for. */
function controllerOf(exposure: GrafanaExposure): readonly string[] {
  switch (exposure.kind) {
    case 'cluster':
      return [];
    case 'internal-load-balancer':
      return ['AWS Load Balancer Controller'];
    case 'ingress':
      return [`\`${exposure.ingressClass}\``, `\`${exposure.controllerNamespace}\``];
  }
}

/** Programs and objects that the stack leaves to the cluster, and without which a deployment of it does not end well. */
function needsOf({ cluster, aws, grafana, autoscaling, prometheus }: Environment): readonly string[] {
  const onEks = cluster.kind === 'eks' && aws !== undefined;
  return [
    ...(onEks
      ? ['`eks-pod-identity-agent`', '`aws-ebs-csi-driver`', `\`${prometheus.volume.storageClass}\``]
      : []),
    ...controllerOf(grafana.exposure),
    ...(autoscaling === undefined ? [] : ['`metrics-server`']),
  ];
}

describe.each(ENVIRONMENTS)('a reader who deploys %s', (name) => {
  it('is told what the cluster must have before', () => {
    const told = section('Deploy an environment').replace(/\s+/g, ' ');

    expect(needsOf(modelOf(name).environment).filter((need) => !told.includes(need))).toEqual([]);
  });

  it('is told each Secret that a pod waits for, and its keys', () => {
    const { environment, components } = modelOf(name);
    const { exposure } = environment.grafana;
    const secrets = allOf(components).flatMap((component) => component.secrets);
    const told = section('Secrets');
    const names = [
      ...secrets.flatMap((secret) => [secret.name, secret.key]),
      ...(exposure.kind === 'ingress' ? [exposure.tlsSecret] : []),
    ];

    expect(secrets.length).toBeGreaterThan(0);
    expect(names.filter((wanted) => !told.includes(`\`${wanted}\``))).toEqual([]);
  });
});
