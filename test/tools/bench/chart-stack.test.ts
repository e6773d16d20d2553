import { parse } from 'yaml';
import { chartFiles } from '../../../tools/bench/chart-stack';

const FILES = chartFiles({ service: '127.0.0.1:1', alertmanager: '127.0.0.1:2', webhookPort: 3 });

function read(name: string): unknown {
  return parse(FILES.get(name) ?? '');
}

describe('the stack to compare with', () => {
  it('has the intervals, the rule and the route that the chart sets', () => {
    expect(read('prometheus.yml')).toMatchObject({
      global: { scrape_interval: '30s', evaluation_interval: '30s' },
      scrape_configs: [{ static_configs: [{ targets: ['127.0.0.1:1'] }] }],
      alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:2'] }] }] },
    });
    expect(read('rules.yaml')).toMatchObject({
      groups: [{ name: 'general.rules', rules: [{ alert: 'TargetDown', for: '10m' }] }],
    });
    expect(read('alertmanager.yml')).toMatchObject({
      route: { group_by: ['namespace'], group_wait: '30s', group_interval: '5m', receiver: 'webhook' },
      receivers: [{ name: 'webhook', webhook_configs: [{ url: 'http://127.0.0.1:3/alerts' }] }],
    });
  });
});
