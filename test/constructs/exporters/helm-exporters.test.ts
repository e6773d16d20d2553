import { parse } from 'yaml';
import { containerValues, HelmExporter } from '../../../constructs/exporters/helm-exporter';
import {
  kubeStateMetricsComponent,
  kubeStateMetricsValues,
} from '../../../constructs/exporters/kube-state-metrics';
import { nodeExporterComponent, nodeExporterValues } from '../../../constructs/exporters/node-exporter';
import { selectorLabels } from '../../../constructs/kubernetes/labels';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf } from '../../support/synth';

const network = { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.1.0/24'] };
const hardened = {
  securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
  containerSecurityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

describe('HelmExporter', () => {
  const chart = { repository: 'https://charts.example.org', chart: 'some-chart', version: '1.2.3' };

  it('releases the pinned chart in the namespace of the component', () => {
    const stack = aStack();
    new HelmExporter(stack, 'Exporter', { component: aComponent(), chart, values: { a: [1] } });
    const [release] = resourcesOf(stack, 'helm_release');
    expect(release).toMatchObject({
      name: 'example',
      namespace: 'monitoring',
      ...chart,
      atomic: true,
      wait: true,
      create_namespace: false,
    });
    expect(parse((release?.['values'] as string[])[0] ?? '')).toEqual({ a: [1] });
  });

  it('keeps Terraform from reading values as templates', () => {
    const stack = aStack();
    new HelmExporter(stack, 'Exporter', { component: aComponent(), chart, values: { a: '${x}' } });
    expect(resourcesOf(stack, 'helm_release')[0]?.['values']).toEqual(['a: $${x}\n']);
  });
});

describe('containerValues', () => {
  it('requests CPU and memory, and limits memory only', () => {
    expect(containerValues({ cpuMillicores: 10, memoryMiB: 64 }).resources).toEqual({
      requests: { cpu: '10m', memory: '64Mi' },
      limits: { memory: '64Mi' },
    });
    expect(
      containerValues({ cpuMillicores: 10, memoryMiB: 64, memoryLimitMiB: 99 }).resources.limits,
    ).toEqual({
      memory: '99Mi',
    });
  });
});

describe('the node exporter', () => {
  const component = nodeExporterComponent('agents');
  const values = nodeExporterValues(component);

  it('is on the network of each node', () => {
    expect(component).toMatchObject({ name: 'node-exporter', namespace: 'agents', hostNetwork: true });
    expect(values).toMatchObject({ hostNetwork: true, hostPID: true, tolerations: [{ operator: 'Exists' }] });
  });

  it('has the labels, the port and the port’s name by which its component is found', () => {
    expect({ 'app.kubernetes.io/name': values.nameOverride }).toEqual(selectorLabels(component));
    expect(values.service).toMatchObject({
      portName: component.metrics?.port,
      port: component.ports[0]?.number,
    });
    expect(values.fullnameOverride).toBe(component.name);
  });

  it('is hardened, and reads the host without writing to it', () => {
    expect(values).toMatchObject(hardened);
    expect(values.hostRootFsMount).toEqual({ enabled: true, mountPropagation: 'HostToContainer' });
  });

  it('may read nothing of the cluster', () => {
    expect(component.permissions).toBeUndefined();
    expect(values.serviceAccount).toEqual({ create: true, automountServiceAccountToken: false });
  });

  it('has a ServiceAccount, which the chart makes only together with its roles', () => {
    expect(values.rbac.create).toBe(true);
  });

  it('listens at the address of the node only, without a Service', () => {
    expect(values.service).toMatchObject({ enabled: false, listenOnAllInterfaces: false });
  });

  it('leaves pod interfaces and pod volumes out', () => {
    const pattern = (flag: string) =>
      new RegExp(
        values.extraArgs.find((one) => one.startsWith(`--collector.${flag}=`))?.split('=')[1] ?? '(?!)',
      );
    expect(pattern('netdev.device-exclude').test('eni1a2b3c')).toBe(true);
    expect(pattern('netdev.device-exclude').test('ens5')).toBe(false);
    expect(pattern('netclass.ignored-devices').test('veth12')).toBe(true);
    expect(pattern('filesystem.mount-points-exclude').test('/var/lib/kubelet/pods/x')).toBe(true);
    expect(pattern('filesystem.mount-points-exclude').test('/var/lib')).toBe(false);
  });

  it('stays when a node runs out of memory, and takes the resources that it is given', () => {
    expect(values.priorityClassName).toBe('system-node-critical');
    expect(values.resources.requests).toEqual({ cpu: '50m', memory: '64Mi' });
    expect(nodeExporterValues(component, { cpuMillicores: 1, memoryMiB: 2 }).resources.requests).toEqual({
      cpu: '1m',
      memory: '2Mi',
    });
  });

  it('refuses a component without a port', () => {
    expect(() => nodeExporterValues({ ...component, ports: [] })).toThrow('node-exporter has no port');
  });
});

describe('kube-state-metrics', () => {
  const component = kubeStateMetricsComponent({ namespace: 'monitoring', network });
  const values = kubeStateMetricsValues(component);
  const rules = component.permissions?.cluster ?? [];

  it('has the labels and ports by which its component is found', () => {
    expect({ 'app.kubernetes.io/name': values.nameOverride }).toEqual(selectorLabels(component));
    expect(values.fullnameOverride).toBe(component.name);
    expect(component.ports).toEqual([
      { name: 'http', number: values.service.port },
      { name: 'metrics', number: values.selfMonitor.telemetryPort },
    ]);
  });

  it('keeps the labels of the objects that it tells of', () => {
    expect(component.metrics).toEqual({ port: 'http', honorLabels: true });
  });

  it('may list and watch exactly the objects that it tells of', () => {
    expect(rules.flatMap(({ resources }) => resources ?? []).sort()).toEqual(values.collectors);
    expect(rules.every(({ verbs }) => verbs.join(',') === 'list,watch')).toBe(true);
    expect(component.permissions?.namespaced).toBeUndefined();
  });

  it.each(['secrets', 'configmaps'])('never reads %s', (resource) => {
    expect(values.collectors).not.toContain(resource);
  });

  it('names each API group with its own resources', () => {
    expect(rules.find(({ resources }) => resources?.includes('deployments'))?.apiGroups).toEqual(['apps']);
    expect(rules.find(({ resources }) => resources?.includes('pods'))?.apiGroups).toEqual(['']);
  });

  it('leaves its roles to the stack, under the name of its ServiceAccount', () => {
    expect(values.rbac.create).toBe(false);
    expect(values.serviceAccount.create).toBe(true);
    expect(values.automountServiceAccountToken).toBe(true);
  });

  it('is hardened, and takes the resources that it is given', () => {
    expect(values).toMatchObject(hardened);
    expect(values.resources.limits).toEqual({ memory: '256Mi' });
    expect(kubeStateMetricsValues(component, { cpuMillicores: 1, memoryMiB: 2 }).resources.limits).toEqual({
      memory: '2Mi',
    });
  });

  it('calls the API server only', () => {
    expect(component.egress).toEqual([
      { peer: { kind: 'cidrs', cidrs: ['10.0.1.0/24'] }, ports: [{ number: 443 }], why: 'Kubernetes API' },
    ]);
  });
});
