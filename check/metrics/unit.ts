/** What a value measures: a base unit and the factor that it was multiplied with. */
export interface Unit {
  /** `seconds`, `bytes`, `dollars`, `ratio`, what is counted, or a quotient such as `requests/s`. */
  readonly of: string;
  /** 1 for the base unit itself, 100 for a ratio in per cent, 1000 for seconds in milliseconds. */
  readonly scale: number;
}

/** What `_count` of a histogram or summary counts; a sum divided by it is a mean in the metric's own unit. */
export const observations = 'observations';

/** The unit of a value for each second. */
export function perSecond({ of, scale }: Unit): Unit {
  return { of: `${of}/s`, scale };
}

/** True for a share of something; seconds each second are a share of the time. */
export function isRatio({ of }: Unit): boolean {
  return of === 'ratio' || of === 'seconds/s';
}

/** The unit of a quotient. */
export function quotient(a: Unit, b: Unit): Unit {
  const scale = a.scale / b.scale;
  if (a.of === b.of) return { of: 'ratio', scale };
  if (b.of === 'ratio' || b.of === observations) return { of: a.of, scale };
  if (a.of.endsWith('/s') && b.of.endsWith('/s')) {
    return quotient({ of: a.of.slice(0, -2), scale: a.scale }, { of: b.of.slice(0, -2), scale: b.scale });
  }
  return { of: `${a.of}/${b.of}`, scale };
}

/** The unit in words: `dollars`, `ratio x 100`. */
export function unitText({ of, scale }: Unit): string {
  return scale === 1 ? of : `${of} x ${String(Number(scale.toPrecision(6)))}`;
}
