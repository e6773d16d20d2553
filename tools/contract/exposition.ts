/** One sample of a text that a program exposes. */
export interface ExposedSample {
  /** Name of the series, such as `x_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as a program exposes it. */
export interface ExposedMetric {
  readonly name: string;
  /** As `# TYPE` says it; `untyped` where nothing does. */
  readonly type: string;
  /** As `# HELP` says it; empty where nothing does. */
  readonly help: string;
  /** Those of a histogram or summary under its own name. */
  readonly samples: readonly ExposedSample[];
}

/** Metrics by name. */
export type Exposition = ReadonlyMap<string, ExposedMetric>;

/** The same while it is read. */
interface Draft {
  type: string;
  help: string;
  readonly samples: ExposedSample[];
}

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) ?(.*)$/;
const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)(?: -?\d+)?(?: # .*)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Labels that belong to the form of a type, not to the metric. */
export const FORM_LABELS: Readonly<Record<string, string>> = { histogram: 'le', summary: 'quantile' };

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', '\\': '\\', '"': '"' };

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (whole, character: string) => ESCAPED[character] ?? whole);
}

function numberOf(text: string): number {
  if (/^\+?Inf$/i.test(text)) return Infinity;
  return /^-Inf$/i.test(text) ? -Infinity : Number(text);
}

/** The metric that a series is part of: `x` for `x_bucket` where `x` is a histogram. */
function ownerOf(name: string, drafts: ReadonlyMap<string, Draft>): string {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  const type = drafts.get(base)?.type;
  return base !== name && type !== undefined && type in FORM_LABELS ? base : name;
}

/**
 * Reads what a program answers at its metrics path, in Prometheus' text format
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Several texts count as one, for a program that is
 * looked at in several states.
 *
 * @throws Error with the line that is neither a comment nor a sample
 */
export function readExposition(...texts: readonly string[]): Exposition {
  const drafts = new Map<string, Draft>();
  const draft = (name: string): Draft => {
    const known = drafts.get(name) ?? { type: 'untyped', help: '', samples: [] };
    drafts.set(name, known);
    return known;
  };
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    if (line.trim() === '') continue;
    const [, keyword, described = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (keyword === 'HELP') draft(described).help = unescaped(rest);
    else if (keyword === 'TYPE') draft(described).type = rest;
    else if (!line.startsWith('#')) {
      const [whole, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
      if (whole === undefined) throw new Error(`no sample in Prometheus' text format: ${line}`);
      const pairs = [...labels.matchAll(LABEL)].map(([, key = '', text = '']) => [key, unescaped(text)]);
      draft(ownerOf(name, drafts)).samples.push({
        name,
        labels: Object.fromEntries(pairs) as Record<string, string>,
        value: numberOf(value),
      });
    }
  }
  return new Map([...drafts].map(([name, found]) => [name, { name, ...found }]));
}

/** Every label of a metric with its values; labels of the type's own form (`le`, `quantile`) are left out. */
export function exposedLabels({ type, samples }: ExposedMetric): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const [label, value] of samples.flatMap(({ labels }) => Object.entries(labels))) {
    if (label === FORM_LABELS[type]) continue;
    values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  return values;
}
