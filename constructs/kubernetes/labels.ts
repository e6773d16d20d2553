import type { Component } from './component';

/** What all objects of the stack are part of. */
export const PART_OF = 'rag-monitoring';

/** Labels by which a Service, a controller or a network policy finds the pods of a component. */
export function selectorLabels(component: Pick<Component, 'name' | 'podLabels'>): Record<string, string> {
  return { ...(component.podLabels ?? { 'app.kubernetes.io/name': component.name }) };
}

/**
 * Labels of each object of a component
 * (kubernetes.io/docs/concepts/overview/working-with-objects/common-labels).
 */
export function objectLabels(component: Pick<Component, 'name' | 'podLabels'>): Record<string, string> {
  return {
    ...selectorLabels(component),
    'app.kubernetes.io/part-of': PART_OF,
    'app.kubernetes.io/managed-by': 'terraform',
  };
}
