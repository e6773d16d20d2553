import type { Component } from '../../constructs/kubernetes/component';

/** A component with nothing but a name, for tests that care about one thing. */
export function aComponent(overrides: Partial<Component> = {}): Component {
  return {
    name: 'example',
    namespace: 'monitoring',
    ports: [{ name: 'http', number: 8080 }],
    config: [],
    secrets: [],
    egress: [],
    ingress: [],
    ...overrides,
  };
}
