import { federation, staticTargets } from '../../../constructs/prometheus/address-jobs';
import { relabel } from './relabel';

const target = { job: 'rag-backend', targets: ['rag.example.org:8443'], cidrs: ['203.0.113.0/24'] };
const source = {
  job: 'federate',
  target: 'prometheus-cluster1:9090',
  match: ['{job="kubelet"}', 'up'],
  cidrs: ['10.1.0.0/16'],
};

describe('staticTargets', () => {
  it('asks /metrics over https by default', () => {
    expect(staticTargets(target).config).toMatchObject({
      job_name: 'rag-backend',
      scheme: 'https',
      metrics_path: '/metrics',
      static_configs: [{ targets: ['rag.example.org:8443'] }],
    });
  });

  it('takes scheme and path of the environment', () => {
    const { config } = staticTargets({ ...target, scheme: 'http', path: '/m' });
    expect(config).toMatchObject({ scheme: 'http', metrics_path: '/m' });
  });

  it('has the limits and the guard of application jobs', () => {
    const { config } = staticTargets(target, { sampleLimit: 3 });
    expect(config.sample_limit).toBe(3);
    expect(relabel(config.metric_relabel_configs, { __name__: 'x', user_id: '1' })).toBeUndefined();
  });

  it('reaches each port at the named addresses once', () => {
    const targets = ['a.example.org:443', 'b.example.org:443', '[2001:db8::1]:9100'];
    expect(staticTargets({ ...target, targets }).reaches).toEqual([
      {
        peer: { kind: 'cidrs', cidrs: target.cidrs },
        ports: [{ number: 443 }],
        why: 'metrics of rag-backend',
      },
      {
        peer: { kind: 'cidrs', cidrs: target.cidrs },
        ports: [{ number: 9100 }],
        why: 'metrics of rag-backend',
      },
    ]);
  });

  it.each([
    'https://rag.example.org',
    'rag.example.org',
    'rag.example.org:443/metrics',
    'x:0',
    'x:70000',
    '::1:90',
  ])('refuses the target %s', (wrong) => {
    expect(() => staticTargets({ ...target, targets: [wrong] })).toThrow(
      `scrape.static.rag-backend.targets: "${wrong}"; allowed: host:port without a scheme or path; an IPv6 address in brackets; mend: write host:port here`,
    );
  });

  it('refuses no target', () => {
    expect(() => staticTargets({ ...target, targets: [] })).toThrow(
      'scrape.static.rag-backend.targets: no target; allowed: at least one target, such as host:port; mend: add one, or remove the job',
    );
  });

  it('refuses no address, which a network policy would read as any', () => {
    expect(() => staticTargets({ ...target, cidrs: [] })).toThrow(
      'scrape.static.rag-backend.cidrs: no address range; allowed: at least one address range, such as 203.0.113.0/24; mend: add one, or remove the job',
    );
  });
});

describe('federation', () => {
  const job = federation(source);

  it('copies the matching series with their own labels', () => {
    expect(job.config).toEqual({
      job_name: 'federate',
      honor_labels: true,
      scheme: 'https',
      metrics_path: '/federate',
      params: { 'match[]': ['{job="kubelet"}', 'up'] },
      static_configs: [{ targets: ['prometheus-cluster1:9090'] }],
    });
  });

  it('takes the scheme of the environment', () => {
    expect(federation({ ...source, scheme: 'http' }).config.scheme).toBe('http');
  });

  it('reaches the other server', () => {
    expect(job.reaches).toEqual([
      {
        peer: { kind: 'cidrs', cidrs: ['10.1.0.0/16'] },
        ports: [{ number: 9090 }],
        why: 'series of federate',
      },
    ]);
  });

  it('refuses to ask for nothing', () => {
    expect(() => federation({ ...source, match: [] })).toThrow(
      'scrape.federation.federate.match: no series selector; allowed: at least one series selector, such as {job="rag-api"}; mend: add one, or remove the job',
    );
  });

  it.each(['', ' ', '{}', '{ }'])('refuses the selector "%s"', (selector) => {
    expect(() => federation({ ...source, match: ['up', selector] })).toThrow(
      `scrape.federation.federate.match: the selector "${selector}", which selects nothing or everything; allowed: series selectors with a metric name or a matcher; mend: name the series to copy`,
    );
  });

  it('refuses a target with a scheme', () => {
    expect(() => federation({ ...source, target: 'http://a:1' })).toThrow(
      'scrape.federation.federate.target: "http://a:1"',
    );
  });
});
