import type { GrafanaAws } from './grafana-datasources';

/** Where a trace id of an exemplar leads, as the Prometheus data source's `exemplarTraceIdDestinations` has it. */
export interface TraceDestination {
  /** Label of the exemplar. */
  readonly name: string;
  /** What the link says. */
  readonly urlDisplayLabel: string;
  /** Data source that shows the trace. @default - the link leads to `url` */
  readonly datasourceUid?: string;
  /** @default - the link leads to `datasourceUid` */
  readonly url?: string;
}

/** The label that client libraries give exemplars. */
const TRACE_ID_LABEL = 'trace_id';

/** Grafana's own variables of a link: what was clicked, and the board's time range in milliseconds. */
const TRACE_ID = '${__value.raw}';
const FROM = '${__from}';
const TO = '${__to}';

/** Lines that are shown; a query of a model writes fewer. */
const MOST_LINES = 1000;

/**
 * From an exemplar to its trace in Jaeger and, where there is AWS, to the log lines that name the trace.
 *
 * @param grafanaUrl Grafana's address as a person opens it
 */
export function traceDestinations(grafanaUrl: string, aws: GrafanaAws | undefined): TraceDestination[] {
  return [
    { name: TRACE_ID_LABEL, urlDisplayLabel: 'Trace in Jaeger', datasourceUid: 'jaeger' },
    ...(aws === undefined
      ? []
      : [
          {
            name: TRACE_ID_LABEL,
            urlDisplayLabel: 'Log lines of the trace',
            url: forProvisioning(traceLogsUrl(grafanaUrl, aws)),
          },
        ]),
  ];
}

/**
 * Explore with the lines of the application's log group in which a trace id stands, whatever the field's name.
 *
 * @see https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 */
function traceLogsUrl(grafanaUrl: string, { region, logGroup }: GrafanaAws): string {
  const query = {
    refId: 'A',
    datasource: { type: 'cloudwatch', uid: 'cloudwatch' },
    queryMode: 'Logs',
    id: '',
    region,
    logGroups: [{ name: logGroup.name, arn: logGroup.arn }],
    expression: `fields @timestamp, @message\n| filter @message like "${TRACE_ID}"\n| sort @timestamp asc\n| limit ${String(MOST_LINES)}`,
  };
  const pane = { datasource: 'cloudwatch', queries: [query], range: { from: FROM, to: TO } };
  const panes = withVariables(encodeURIComponent(JSON.stringify({ logs: pane })));
  return `${grafanaUrl.replace(/\/+$/, '')}/explore?schemaVersion=1&panes=${panes}&orgId=1`;
}

/** Grafana finds its variables only as they are written, not percent-encoded. */
function withVariables(encoded: string): string {
  return [TRACE_ID, FROM, TO].reduce(
    (text, variable) => text.replaceAll(encodeURIComponent(variable), variable),
    encoded,
  );
}

/** In provisioning files `$` begins an environment variable; two of them stand for one. */
function forProvisioning(text: string): string {
  return text.replaceAll('$', '$$$$');
}
