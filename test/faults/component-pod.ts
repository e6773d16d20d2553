import { selectorLabels } from '../../constructs/kubernetes/labels';
import { allOf } from '../../stacks/components';
import { podTarget } from '../../tools/demo/static-discovery';
import type { DiscoveredTarget } from '../support/prometheus-here';
import { modelOf } from '../support/rendered';

/** The port `http` of a pod of the stack as discovery describes it, standing on a port of this machine. */
export function componentPod(environment: string, name: string, port: number): DiscoveredTarget {
  const component = allOf(modelOf(environment).components).find((candidate) => candidate.name === name);
  const inPod = component?.ports.find((candidate) => candidate.name === 'http');
  if (component === undefined || inPod === undefined) {
    throw new Error(`${environment} has no component ${name} with a port http`);
  }
  const { targets, labels } = podTarget({
    name: `${name}-0`,
    namespace: component.namespace,
    labels: selectorLabels(component),
    port: { name: inPod.name, number: inPod.number },
    node: 'node-a',
    address: { host: '127.0.0.1', port },
  });
  return { address: targets[0] ?? '', labels };
}
