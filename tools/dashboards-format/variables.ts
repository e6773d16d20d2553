import { arrayOf, isObject, objectOf, textOf } from '../../content/json-value';
import type { JsonObject } from '../../content/json-value';

/** A template variable as it is before anybody chose a value: an export carries what its author was looking at. */
export function resetVariable(value: unknown): unknown {
  if (!isObject(value)) return value;
  const options = listsItsOptions(value) ? unchosen(value) : [];
  return { ...value, current: untouched(value, options), options };
}

/** The other types fetch their options, or have none. */
function listsItsOptions({ type }: JsonObject): boolean {
  return type === 'custom' || type === 'interval';
}

function untouched(variable: JsonObject, options: readonly JsonObject[]): JsonObject {
  const { type, multi, includeAll, query } = variable;
  if (type === 'datasource') return provisioned(textOf(query));
  if (type === 'textbox' || type === 'constant') {
    return { selected: false, text: textOf(query) ?? '', value: textOf(query) ?? '' };
  }
  if (includeAll === true) {
    return multi === true
      ? { selected: true, text: ['All'], value: ['$__all'] }
      : { selected: true, text: 'All', value: '$__all' };
  }
  // Grafana takes the first value of a query where nothing is chosen; of a list the first is written down.
  const chosen = options[0];
  if (chosen === undefined) return {};
  const { text, value } = chosen;
  return multi === true ? { selected: true, text: [text], value: [value] } : { selected: true, text, value };
}

/** The stack provisions its Prometheus under the uid `prometheus`; of another type Grafana takes the first. */
function provisioned(type: string | undefined): JsonObject {
  return type === 'prometheus' ? { selected: false, text: 'Prometheus', value: 'prometheus' } : {};
}

/** The options as listed, with the first one (or "All") selected. */
function unchosen(variable: JsonObject): JsonObject[] {
  return arrayOf(variable['options']).map((option, index) => ({
    ...objectOf(option),
    selected: index === 0,
  }));
}
