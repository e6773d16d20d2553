import type { ValueType } from './ast';

/** What a PromQL function takes and gives. */
export interface Signature {
  /** Types of the arguments; the last one repeats where more are allowed. */
  readonly args: readonly ValueType[];
  /** Fewest arguments. */
  readonly min: number;
  /** Most arguments. */
  readonly max: number;
  readonly returns: ValueType;
  /** True where Prometheus wants `--enable-feature=promql-experimental-functions`, which this stack does not set. */
  readonly experimental: boolean;
}

const valueTypes: Readonly<Record<string, ValueType>> = {
  v: 'vector',
  m: 'matrix',
  s: 'scalar',
  t: 'string',
};

/**
 * Argument types by letter (v vector, m matrix, s scalar, t text), optional ones after `?`, `*` for "any number more",
 * `>` before the result where it is not a vector, and the names.
 * Source: promql/parser/functions.go of Prometheus 3.14.
 */
const stable: readonly (readonly [string, string])[] = [
  [
    'v',
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor ln log10 log2 rad sgn sin sinh sort',
  ],
  ['v', 'sort_desc sqrt tan tanh timestamp'],
  ['v', 'histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar'],
  [
    'm',
    'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time',
  ],
  [
    'm',
    'max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
  ],
  ['?v', 'day_of_month day_of_week day_of_year days_in_month hour minute month year'],
  ['vss', 'clamp'],
  ['vs', 'clamp_max clamp_min'],
  ['v?s', 'round'],
  ['ssv', 'histogram_fraction'],
  ['sv', 'histogram_quantile'],
  ['ms', 'predict_linear'],
  ['sm', 'quantile_over_time'],
  ['vtttt', 'label_replace'],
  ['vtt?t*', 'label_join'],
  ['s', 'vector'],
  ['v>s', 'scalar'],
  ['>s', 'pi time'],
];

const experimental: readonly (readonly [string, string])[] = [
  ['m', 'first_over_time mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time'],
  ['m', 'ts_of_min_over_time'],
  ['mss', 'double_exponential_smoothing'],
  ['v?v', 'info'],
  ['v?t*', 'sort_by_label sort_by_label_desc'],
  ['vts?s*', 'histogram_quantiles'],
  ['>s', 'end range start step'],
];

/** Every function of PromQL by name. */
export const signatures: ReadonlyMap<string, Signature> = new Map([
  ...stable.flatMap(([form, names]) => expand(form, names, false)),
  ...experimental.flatMap(([form, names]) => expand(form, names, true)),
]);

function expand(form: string, names: string, isExperimental: boolean): [string, Signature][] {
  const [takes = '', gives = 'v'] = form.split('>');
  const letters = takes.replace(/[?*]/g, '');
  const optionalAt = takes.indexOf('?');
  const signature: Signature = {
    args: Array.from(letters, (letter) => valueTypes[letter] ?? 'vector'),
    min: optionalAt === -1 ? letters.length : optionalAt,
    max: takes.endsWith('*') ? Infinity : letters.length,
    returns: valueTypes[gives] ?? 'vector',
    experimental: isExperimental,
  };
  return names.split(' ').map((name) => [name, signature]);
}
