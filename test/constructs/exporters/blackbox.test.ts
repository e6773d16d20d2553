import { blackboxComponent } from '../../../constructs/exporters/blackbox-component';
import { renderBlackboxConfig } from '../../../constructs/exporters/blackbox-config';
import { BlackboxExporter } from '../../../constructs/exporters/blackbox-exporter';
import { PROBE_MODULES } from '../../../constructs/prometheus/probe-job';
import { parse } from 'yaml';
import { aStack, resourcesOf } from '../../support/synth';

describe('renderBlackboxConfig', () => {
  const { modules } = renderBlackboxConfig();

  it('defines every module that the probe job asks for', () => {
    expect(Object.keys(modules).sort()).toEqual(Object.values(PROBE_MODULES).sort());
  });

  it('insists on TLS to the end for https only', () => {
    expect(modules[PROBE_MODULES.https]?.http.fail_if_not_ssl).toBe(true);
    expect(modules[PROBE_MODULES.http]?.http.fail_if_not_ssl).toBe(false);
  });

  it('goes by IPv4 where there is a choice', () => {
    expect(modules[PROBE_MODULES.https]?.http).toMatchObject({
      preferred_ip_protocol: 'ip4',
      ip_protocol_fallback: true,
    });
  });
});

describe('blackboxComponent', () => {
  const component = blackboxComponent({
    namespace: 'monitoring',
    urls: ['https://a.example/', 'https://b.example:8443/x', 'http://c.example/', 'https://d.example/y'],
  });

  it('is scraped at the port at which it probes', () => {
    expect(component).toMatchObject({
      name: 'blackbox-exporter',
      ports: [{ name: 'http', number: 9115 }],
      metrics: { port: 'http' },
    });
  });

  it('may call the ports of the probed URLs, but not the metadata service', () => {
    expect(component.egress.map(({ ports }) => ports)).toEqual([
      [{ number: 80 }],
      [{ number: 443 }],
      [{ number: 8443 }],
    ]);
    expect(component.egress[0]?.peer).toMatchObject({ kind: 'cidrs', except: ['169.254.169.254/32'] });
  });

  it('calls nobody when it has nothing to probe', () => {
    expect(blackboxComponent({ namespace: 'monitoring', urls: [] }).egress).toEqual([]);
  });

  it('may read nothing of the cluster', () => {
    expect(component.permissions).toBeUndefined();
  });

  it('watches its configuration', () => {
    const [config] = component.config;
    expect(config).toMatchObject({ mountPath: '/etc/blackbox-exporter', reload: 'watched' });
    expect(parse(config?.files['config.yaml'] ?? '')).toEqual(renderBlackboxConfig());
  });

  it('refuses a URL that cannot be probed', () => {
    expect(() => blackboxComponent({ namespace: 'monitoring', urls: ['a.example'] })).toThrow(
      'scrape.probes: "a.example"',
    );
  });
});

describe('BlackboxExporter', () => {
  const component = blackboxComponent({ namespace: 'monitoring', urls: [] });
  const containerWith = (resources?: { cpuMillicores: number; memoryMiB: number }) => {
    const stack = aStack();
    new BlackboxExporter(stack, 'BlackboxExporter', { component, image: 'blackbox:1', resources });
    return resourcesOf(stack, 'kubernetes_deployment_v1')[0];
  };

  it('reads its mounted file and reloads it by itself', () => {
    expect(containerWith()).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              {
                image: 'blackbox:1',
                args: ['--config.file=/etc/blackbox-exporter/config.yaml', '--config.enable-auto-reload'],
                readiness_probe: { http_get: { path: '/-/healthy' } },
                liveness_probe: { http_get: { path: '/-/healthy' } },
              },
            ],
            security_context: { run_as_user: '65534', run_as_non_root: true },
          },
        },
      },
    });
  });

  it('is small unless it is told otherwise', () => {
    const resources = (requests: unknown) => ({
      spec: { template: { spec: { container: [{ resources: { requests } }] } } },
    });
    expect(containerWith()).toMatchObject(resources({ cpu: '10m', memory: '64Mi' }));
    expect(containerWith({ cpuMillicores: 20, memoryMiB: 128 })).toMatchObject(
      resources({ cpu: '20m', memory: '128Mi' }),
    );
  });
});
