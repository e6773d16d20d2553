import { isObject } from '../../content/json-value';

/** What a reader looks for first, in any object of a dashboard: what it is, then where, then what it asks. */
const first: readonly string[] = [
  ...['id', 'uid', 'refId', 'name', 'type', 'title', 'label', 'description', 'tags', 'schemaVersion'],
  ...['gridPos', 'x', 'y', 'w', 'h', 'from', 'to', 'color', 'datasource', 'editorMode'],
  ...['expr', 'definition', 'query', 'legendFormat', 'format', 'instant', 'range'],
];

/** What is long, at the end. */
const last: readonly string[] = [
  ...['targets', 'transformations', 'fieldConfig', 'options', 'links', 'annotations', 'templating', 'panels'],
];

const places: ReadonlyMap<string, number> = new Map([
  ...first.map((key, index): [string, number] => [key, index - first.length]),
  ...last.map((key, index): [string, number] => [key, index + 1]),
]);

/**
 * The same JSON with the keys of every object in one order: those that say what a thing is, the rest by alphabet, the
 * long ones. Grafana gives no promise on the order of an export, and a diff that moves keys hides the one that counts.
 */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, inKeyOrder(item)]);
  return Object.fromEntries(entries.sort(([a], [b]) => byPlace(a, b)));
}

function byPlace(a: string, b: string): number {
  const difference = (places.get(a) ?? 0) - (places.get(b) ?? 0);
  if (difference !== 0) return difference;
  return a < b ? -1 : 1;
}
