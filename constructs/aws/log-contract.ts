/**
 * Fields of the application's JSON log lines that the metric filters read. Fluent Bit lifts them to the top of each
 * log event.
 */
export const LOG_FIELDS = {
  /** `debug`, `info`, `warn`, `error` or `fatal`. */
  level: 'level',
  /** Cost of the query that the line is about, USD, as a number. One line a query has it. */
  cost: 'cost_dollars',
} as const;

/** A metric that CloudWatch Logs counts from log events. */
export interface MetricFilterModel {
  /** Name of the filter and of its metric. */
  readonly name: string;
  /** Events that count, in the syntax for JSON (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html). */
  readonly pattern: string;
  /** What an event adds. */
  readonly value: string;
  /** Value of a minute with events of which none counts. @default - no datum */
  readonly defaultValue?: string;
  readonly unit: 'Count' | 'None';
}

/** Lines at level error or fatal. */
export const LOGGED_ERRORS: MetricFilterModel = {
  name: 'LoggedErrors',
  pattern: `{ ($.${LOG_FIELDS.level} = "error") || ($.${LOG_FIELDS.level} = "fatal") }`,
  value: '1',
  defaultValue: '0',
  unit: 'Count',
};

/** Cost as the log tells it, to compare with the metric QueryCost; the comparison is true of numbers only. */
export const LOGGED_COST: MetricFilterModel = {
  name: 'LoggedCostDollars',
  pattern: `{ $.${LOG_FIELDS.cost} >= 0 }`,
  value: `$.${LOG_FIELDS.cost}`,
  unit: 'None',
};
