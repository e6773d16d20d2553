import {
  dataSources,
  dataSourceUids,
  type DataSourceUid,
} from '../../../constructs/grafana/grafana-datasources';
import { traceDestinations } from '../../../constructs/grafana/trace-links';
import { AWS, DATA_SOURCES } from './options';

const URL_OF_GRAFANA = 'https://example.org/grafana/';

/** The link to the log lines as Grafana has it, after provisioning has read `$$` as `$`. */
function logsLink(): string {
  const [, logs] = traceDestinations(URL_OF_GRAFANA, AWS);
  return (logs?.url ?? '').replaceAll('$$', '$');
}

interface Pane {
  readonly datasource: string;
  readonly queries: readonly Readonly<Record<string, unknown>>[];
  readonly range: unknown;
}

/** The pane that opens for a trace id in a board of a time range. */
function paneFor(traceId: string): Pane | undefined {
  const link = logsLink()
    .replace('${__value.raw}', traceId)
    .replace('${__from}', '1768478400000')
    .replace('${__to}', '1768485600000');
  const panes = new URL(link).searchParams.get('panes') ?? '';
  return (JSON.parse(panes) as { logs?: Pane }).logs;
}

describe('traceDestinations', () => {
  it('lead from an exemplar to its trace in Jaeger alone, where there are no logs', () => {
    expect(traceDestinations(URL_OF_GRAFANA, undefined)).toEqual([
      { name: 'trace_id', urlDisplayLabel: 'Trace in Jaeger', datasourceUid: 'jaeger' },
    ]);
  });

  it('lead to the log lines too, where there is CloudWatch', () => {
    const names = traceDestinations(URL_OF_GRAFANA, AWS).map(({ name, urlDisplayLabel }) => [
      name,
      urlDisplayLabel,
    ]);

    expect(names).toEqual([
      ['trace_id', 'Trace in Jaeger'],
      ['trace_id', 'Log lines of the trace'],
    ]);
  });

  it('open Explore below the path of Grafana', () => {
    expect(logsLink()).toMatch(/^https:\/\/example\.org\/grafana\/explore\?schemaVersion=1&panes=/);
  });

  it("ask for the trace id in the application's log group over the time of the board", () => {
    const pane = paneFor('4bf92f3577b34da6a3ce929d0e0e4736');

    expect(pane).toMatchObject({
      datasource: 'cloudwatch',
      range: { from: '1768478400000', to: '1768485600000' },
    });
    expect(pane?.queries).toMatchObject([
      {
        queryMode: 'Logs',
        region: AWS.region,
        logGroups: [AWS.logGroup],
        expression: expect.stringContaining(
          'filter @message like "4bf92f3577b34da6a3ce929d0e0e4736"',
        ) as string,
      },
    ]);
  });

  it('have every $ doubled, since provisioning would read one as an environment variable', () => {
    const [, logs] = traceDestinations(URL_OF_GRAFANA, AWS);

    expect(logs?.url?.match(/\$+/g)).toEqual(['$$', '$$', '$$']);
  });

  it('name data sources that there are, as part of Prometheus', () => {
    const prometheus = dataSources({ ...DATA_SOURCES, aws: AWS }).find(({ uid }) => uid === 'prometheus');
    const destinations = traceDestinations(DATA_SOURCES.grafanaUrl, AWS);
    const uids = [...destinations.flatMap(({ datasourceUid }) => datasourceUid ?? []), 'cloudwatch'];

    expect(prometheus?.jsonData['exemplarTraceIdDestinations']).toEqual(destinations);
    expect(dataSourceUids({ aws: true })).toEqual(expect.arrayContaining(uids as DataSourceUid[]));
  });
});
