import { SLO_WINDOWS, wantedTiers, type Slo } from '../../content/slo-file';
import { inputSeries, neighbourSeries, type InputOptions } from './input-series';
import { LONG_STEP, MONTH_STEP, valuesTest, valueTest, type RuleTest } from './rule-test';
import { Simulation, stretch, type Stretch } from './simulation';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Each window sees another share of bad events; the last minutes are busier still, to tell rates of 5 minutes from others. */
const HOURS: readonly Stretch[] = [
  stretch(1.5 * HOUR, 10_000, 0.001),
  stretch(HOUR, 30_000, 0.02),
  stretch(HOUR / 2, 10_000, 0.04),
  stretch(HOUR / 2 - 3, 20_000, 0.08),
  stretch(3, 40_000, 0.32),
];

const DAYS: readonly Stretch[] = [
  stretch(12 * HOUR, 10_000, 0),
  stretch(2 * DAY, 30_000, 0.01),
  stretch(18 * HOUR, 10_000, 0.02),
  stretch(5 * HOUR, 20_000, 0.04),
  stretch(HOUR, 5_000, 0.2),
];

/** The window of 30 days begins half a day after the first event. */
const MONTH: readonly Stretch[] = [
  stretch(DAY / 2, 10_000, 0.5),
  stretch(16 * DAY, 30_000, 0.001),
  stretch(14 * DAY, 10_000, 0.003),
];

/** An event in ten minutes: far less than one in a second, even if the seconds of each evaluation are added up. */
const quiet = (minutes: number): Stretch => ({ minutes, total: 0.1, bad: 0.02 });

/** What is recorded of an SLO for one namespace. */
interface Namespace {
  readonly stretches: readonly Stretch[];
  /** Series where they are not the whole of `stretches`. */
  readonly exposed?: readonly Stretch[];
  readonly options?: InputOptions;
}

type Namespaces = Readonly<Record<string, Namespace>>;

/** The values of windows of up to two hours, looked at each minute. */
export function hoursTest(slo: Slo): RuleTest {
  const minutes = lengthOf(HOURS);
  const { test, recorded } = valueTestsOf(slo, besides(HOURS), minutes, 1);
  return test('the windows of hours have their own shares of bad events', [
    recorded('slo:sli_events:rate5m', (simulation) => simulation.eventRate(minutes)),
    recorded('slo:sli_errors:rate5m', (simulation) => simulation.badEvents('5m', minutes) / 60),
    ...['5m', '30m', '1h', '2h'].flatMap((window) => [
      recorded(`slo:sli_error:ratio_rate${window}`, (simulation) => simulation.share(window, minutes)),
      recorded(`slo:burn_rate:ratio_rate${window}`, (simulation) => simulation.burnRate(window, minutes)),
    ]),
    ...increases(slo, ['1h']).map((window) =>
      recorded(`slo:sli_errors:increase${window}`, (simulation) => simulation.badEvents(window, minutes)),
    ),
    valueTest(`slo:objective:ratio{slo="${slo.name}"}`, minutes, slo.objective),
  ]);
}

/** The values of windows of up to three days. */
export function daysTest(slo: Slo): RuleTest {
  const minutes = lengthOf(DAYS);
  const { test, recorded } = valueTestsOf(slo, besides(DAYS), minutes, LONG_STEP);
  const windows = ['6h', '1d', '3d'];
  return test('the windows of days have their own shares of bad events', [
    ...windows.flatMap((window) => [
      recorded(`slo:sli_error:ratio_rate${window}`, (simulation) => simulation.share(window, minutes)),
      recorded(`slo:burn_rate:ratio_rate${window}`, (simulation) => simulation.burnRate(window, minutes)),
    ]),
    ...increases(slo, windows).map((window) =>
      recorded(`slo:sli_errors:increase${window}`, (simulation) => simulation.badEvents(window, minutes)),
    ),
  ]);
}

/** The share over 30 days and the budget that is left. */
export function monthTest(slo: Slo): RuleTest {
  const minutes = lengthOf(MONTH);
  const early = quiet(DAY);
  const idle = stretch(minutes - DAY, 0, 0);
  const namespaces: Namespaces = {
    prod: { stretches: MONTH },
    quiet: { stretches: [early, idle], exposed: [early] },
    idle: { stretches: [idle, stretch(DAY, 0, 0)], exposed: [stretch(DAY, 0, 0)] },
  };
  const { test, recorded } = valueTestsOf(slo, namespaces, minutes, MONTH_STEP);
  return test('30 days have their share of bad events', [
    recorded(`slo:sli_error:ratio_rate${slo.window}`, (simulation) => simulation.share(slo.window, minutes)),
    recorded(
      'slo:error_budget_remaining:ratio',
      (simulation) => 1 - simulation.burnRate(slo.window, minutes),
    ),
  ]);
}

/** Those of the windows for which bad events are counted. */
function increases(slo: Slo, windows: readonly string[]): readonly string[] {
  return windows.filter((window) => wantedTiers(slo).some(({ long }) => long === window));
}

/** A busy namespace beside one with hardly any traffic, one without any and one without a fault. */
function besides(busy: readonly Stretch[]): Namespaces {
  const minutes = lengthOf(busy);
  return {
    prod: { stretches: busy, options: { allBuckets: true } },
    quiet: { stretches: [quiet(minutes)] },
    idle: { stretches: [stretch(minutes, 0, 0)], options: { neverBad: true } },
    spotless: { stretches: [stretch(minutes, 600, 0)], options: { neverBad: true } },
  };
}

function valueTestsOf(slo: Slo, namespaces: Namespaces, minutes: number, step: number) {
  const simulations = Object.entries(namespaces).map(([namespace, { stretches }]): [string, Simulation] => [
    namespace,
    new Simulation(slo, stretches, step),
  ]);
  const read = [
    'slo:sli_events:rate5m',
    'slo:sli_errors:rate5m',
    ...[...SLO_WINDOWS, slo.window].map((window) => `slo:sli_error:ratio_rate${window}`),
  ];
  return {
    /** A value of each namespace; a share of nothing is no number, and is not recorded. */
    recorded: (name: string, valueOf: (simulation: Simulation) => number) =>
      valuesTest(
        name,
        slo.name,
        minutes,
        Object.fromEntries(
          simulations
            .map(([namespace, simulation]): [string, number] => [namespace, valueOf(simulation)])
            .filter(([, value]) => !Number.isNaN(value)),
        ),
      ),
    test: (name: string, tests: RuleTest['promql_expr_test']): RuleTest => ({
      name: `${slo.name}: ${name}`,
      interval: '1m',
      input_series: [
        ...Object.entries(namespaces).flatMap(([namespace, { stretches, exposed, options }]) =>
          inputSeries(slo, namespace, exposed ?? stretches, options),
        ),
        ...['prod', 'elsewhere'].flatMap((namespace) =>
          neighbourSeries(read, namespace, 7, minutes, minutes - 10),
        ),
      ],
      promql_expr_test: tests,
    }),
  };
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, part) => sum + part.minutes, 0);
}
