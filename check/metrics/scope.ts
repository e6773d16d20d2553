import type { Expr, Selector } from '../promql/ast';
import type { Catalogue, Series } from './catalogue';
import { labelsOf } from './label-flow';
import type { Labels } from './label-flow';
import { unitOf } from './unit-flow';
import { observations } from './unit';
import type { Unit } from './unit';

/** A recording rule as far as its result matters. */
export interface Recording {
  readonly name: string;
  readonly expr: Expr;
  /** Labels that the rule itself sets. */
  readonly labels: readonly string[];
}

/** Answers, for any expression: which series, which labels can be left, which unit. Each answer is worked out once. */
export class Scope {
  private readonly recordings = new Map<string, Recording[]>();
  private readonly recorded = new Map<string, Series>();
  private readonly labels = new Map<Expr, Labels>();
  private readonly units = new Map<Expr, Unit | undefined>();

  constructor(
    readonly catalogue: Catalogue,
    recordings: readonly Recording[],
  ) {
    for (const recording of recordings) {
      this.recordings.set(recording.name, [...(this.recordings.get(recording.name) ?? []), recording]);
    }
  }

  /** @returns undefined where the name is a pattern or nothing of that name exists */
  seriesOf(selector: Selector): Series | undefined {
    return selector.metric && this.series(selector.metric.name);
  }

  /** The series of a name, from the contract or from a recording rule. */
  series(name: string): Series | undefined {
    return this.catalogue.series.get(name) ?? this.recorded.get(name) ?? this.record(name);
  }

  /** Every name that can be selected. */
  *names(): Iterable<string> {
    yield* this.catalogue.series.keys();
    yield* this.recordings.keys();
  }

  /** The labels that a result may still have; undefined where that is not known. */
  labelsOf(expr: Expr): Labels {
    let found = this.labels.get(expr);
    if (found === undefined && !this.labels.has(expr)) {
      found = labelsOf(expr, this);
      this.labels.set(expr, found);
    }
    return found;
  }

  /** The unit of a result; undefined where that is not known. */
  unitOf(expr: Expr): Unit | undefined {
    let found = this.units.get(expr);
    if (found === undefined && !this.units.has(expr)) {
      found = unitOf(expr, this);
      this.units.set(expr, found);
    }
    return found;
  }

  /** Several rules may record one name, told apart by a label: a sample may then carry what any of them leaves. */
  private record(name: string): Series | undefined {
    const recordings = this.recordings.get(name);
    if (recordings === undefined) return undefined;
    const series = {
      name,
      base: name,
      kind: 'recorded',
      bucket: false,
      values: new Map(),
      zeroMeansUnset: false,
    } as const;
    // A rule that reads itself ends here: while it is worked out, nothing is known of it.
    this.recorded.set(name, { ...series, labels: undefined, unit: undefined });
    const complete = {
      ...series,
      labels: union(recordings.map(({ expr, labels }) => [this.labelsOf(expr), labels])),
      unit: tellingUnit(recordings.map(({ expr }) => this.unitOf(expr))),
    };
    this.recorded.set(name, complete);
    return complete;
  }
}

/** The labels that any of several rules leaves or sets; undefined where one of them is not known. */
function union(rules: readonly (readonly [left: Labels, set: readonly string[]])[]): Labels {
  const all = new Set<string>();
  for (const [left, set] of rules) {
    if (left === undefined) return undefined;
    for (const label of [...left, ...set]) all.add(label);
  }
  return all;
}

/** Of several rules that record one series, one may count a histogram's observations, which says less than another's unit. */
function tellingUnit(units: readonly (Unit | undefined)[]): Unit | undefined {
  const known = units.filter((unit) => unit !== undefined);
  return known.find(({ of }) => !of.startsWith(observations)) ?? known[0];
}
