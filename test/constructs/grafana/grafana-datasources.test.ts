import {
  alertPages,
  DATASOURCE_UIDS,
  dataSources,
  dataSourceUids,
  renderDataSources,
  type DataSourceUid,
} from '../../../constructs/grafana/grafana-datasources';
import { AWS, DATA_SOURCES } from './options';

function one(uid: DataSourceUid) {
  return dataSources({ ...DATA_SOURCES, aws: AWS }).find((source) => source.uid === uid);
}

describe('dataSources', () => {
  it('has Prometheus, Alertmanager and Jaeger everywhere, and CloudWatch and X-Ray where there is AWS', () => {
    const uids = (aws: boolean) =>
      dataSources({ ...DATA_SOURCES, aws: aws ? AWS : undefined }).map(({ uid }) => uid);

    expect(uids(false)).toEqual(['prometheus', 'alertmanager', 'jaeger']);
    expect(uids(true)).toEqual(['prometheus', 'alertmanager', 'jaeger', 'cloudwatch', 'xray']);
    expect(uids(false)).toEqual(dataSourceUids({ aws: false }));
    expect(uids(true)).toEqual(dataSourceUids({ aws: true }));
  });

  it('gives each the type that dashboards are checked against, and lets nobody edit it', () => {
    for (const { uid, type, editable, access } of dataSources({ ...DATA_SOURCES, aws: AWS })) {
      expect({ type, editable, access }).toEqual({
        type: DATASOURCE_UIDS[uid],
        editable: false,
        access: 'proxy',
      });
    }
  });

  it('makes Prometheus the only default', () => {
    const defaults = dataSources({ ...DATA_SOURCES, aws: AWS }).filter(({ isDefault }) => isDefault);

    expect(defaults.map(({ uid }) => uid)).toEqual(['prometheus']);
  });

  it('tells Prometheus the scrape interval and its Alertmanager', () => {
    expect(one('prometheus')).toMatchObject({
      url: 'http://prometheus.monitoring.svc:9090',
      jsonData: {
        httpMethod: 'POST',
        prometheusType: 'Prometheus',
        timeInterval: '15s',
        alertmanagerUid: 'alertmanager',
      },
    });
  });

  it("knows Alertmanager as Prometheus' own", () => {
    expect(one('alertmanager')).toMatchObject({
      url: 'http://alertmanager.monitoring.svc:9093',
      jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
    });
  });

  it('finds Jaeger at its port', () => {
    expect(one('jaeger')?.url).toBe('http://jaeger.monitoring.svc:16686');
  });

  it('reads AWS with the role of the workload, and leads from logs to X-Ray', () => {
    expect(one('cloudwatch')?.jsonData).toEqual({
      authType: 'default',
      defaultRegion: 'ap-southeast-2',
      customMetricsNamespaces: 'RAG/Application',
      logGroups: [{ name: AWS.logGroup.name, arn: AWS.logGroup.arn }],
      tracingDatasourceUid: 'xray',
    });
    expect(one('xray')?.jsonData).toEqual({ authType: 'default', defaultRegion: 'ap-southeast-2' });
  });
});

describe('renderDataSources', () => {
  it('removes from Grafana what leaves the file', () => {
    expect(renderDataSources(DATA_SOURCES)).toMatchObject({ apiVersion: 1, prune: true });
  });
});

describe('alertPages', () => {
  it('leads to the alerts and silences of the Alertmanager data source', () => {
    const name = one('alertmanager')?.name ?? '';

    expect(alertPages('https://grafana.example.org/')).toEqual({
      alerts: `https://grafana.example.org/alerting/groups?alertmanager=${name}`,
      silence: `https://grafana.example.org/alerting/silence/new?alertmanager=${name}`,
    });
  });
});
