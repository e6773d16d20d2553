import { blackboxProbes } from '../../../constructs/prometheus/probe-job';
import { lasting, relabel } from './relabel';

const exporter = {
  name: 'blackbox-exporter',
  namespace: 'monitoring',
  ports: [{ name: 'http', number: 9115 }],
};
const url = 'https://rag.example.org/health';

describe('blackboxProbes', () => {
  const job = blackboxProbes([url, 'http://intranet.example.org/'], exporter);
  const probe = (address: string) =>
    relabel(job.config.relabel_configs, { __address__: address, __param_module: 'http_2xx' });

  it('asks the exporter about each URL', () => {
    expect(job.config).toMatchObject({
      job_name: 'blackbox',
      metrics_path: '/probe',
      params: { module: ['http_2xx'] },
      static_configs: [{ targets: [url, 'http://intranet.example.org/'] }],
    });
    expect(probe(url)).toMatchObject({
      __address__: 'blackbox-exporter.monitoring.svc:9115',
      __param_target: url,
    });
  });

  it('names the series after the URL', () => {
    expect(lasting(probe(url))).toEqual({ instance: url });
    expect(job.targetLabels).toEqual(['job', 'instance']);
  });

  it('insists on TLS for https URLs only', () => {
    expect(probe(url)?.['__param_module']).toBe('https_2xx');
    expect(probe('http://intranet.example.org/')?.['__param_module']).toBe('http_2xx');
  });

  it('probes twice a minute', () => {
    expect(job.config).toMatchObject({ scrape_interval: '30s', scrape_timeout: '10s' });
  });

  it('reaches the exporter', () => {
    expect(job.reaches).toEqual([
      {
        peer: { kind: 'component', name: 'blackbox-exporter', namespace: 'monitoring' },
        ports: [{ number: 9115 }],
        why: 'probes of URLs',
      },
    ]);
  });

  it('refuses to probe nothing', () => {
    expect(() => blackboxProbes([], exporter)).toThrow(
      'scrape.probes: no URL; allowed: at least one https:// or http:// URL; mend: name a URL, or leave the job out',
    );
  });

  it.each(['rag.example.org', 'ftp://rag.example.org/', ''])('refuses "%s"', (wrong) => {
    expect(() => blackboxProbes([wrong], exporter)).toThrow(
      `scrape.probes: "${wrong}"; allowed: https:// or http:// URLs without user name and password; mend: write the full URL of a page that needs no sign-in`,
    );
  });

  it('refuses a URL with a password and does not repeat it', () => {
    const attempt = () => blackboxProbes(['https://me:hunter2@rag.example.org/'], exporter);
    expect(attempt).toThrow('scrape.probes: a URL of rag.example.org with a user name or password in it');
    expect(attempt).not.toThrow('hunter2');
  });
});
