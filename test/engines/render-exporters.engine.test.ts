import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import { freePort, freePorts, startProgram, type RunningProgram } from '../support/programs';
import { commandOf, renderedFolder, withArguments, type RenderedFolder } from '../support/rendered';

jest.setTimeout(60_000);

const ENVIRONMENT = 'prod';

const blackboxTitle = `the rendered modules in ${engineTitle('blackbox_exporter', IMAGES.blackboxExporter)}`;

describeWithEngines(['blackbox_exporter'], blackboxTitle, ({ blackbox_exporter: command }) => {
  let folder: RenderedFolder;
  let site: HttpSink;
  let exporter: RunningProgram;
  let url: string;

  beforeAll(async () => {
    folder = renderedFolder(ENVIRONMENT);
    site = await startHttpSink(() => 'ok');
    const address = `127.0.0.1:${String(await freePort())}`;
    url = `http://${address}`;
    exporter = await startProgram({
      command,
      args: [
        ...withArguments(commandOf(ENVIRONMENT, 'blackbox-exporter').args, {
          '--config.file': folder.file('blackbox-exporter/config.yaml'),
        }),
        `--web.listen-address=${address}`,
      ],
      readyUrl: `${url}/-/healthy`,
    });
  });

  afterAll(async () => {
    await Promise.all([exporter, site].map((program) => program.stop()));
    folder.remove();
  });

  const probe = async (module: string, target: string) => {
    const answer = await fetch(`${url}/probe?module=${module}&target=${encodeURIComponent(target)}`);
    return answer.text();
  };

  it('find an address that answers', async () => {
    expect(await probe('http_2xx', site.url)).toMatch(/^probe_success 1$/m);
  });

  it('do not take an answer without TLS for a secure one', async () => {
    const metrics = await probe('https_2xx', site.url);

    expect(metrics).toMatch(/^probe_success 0$/m);
    expect(metrics).toMatch(/^probe_http_ssl 0$/m);
  });
});

const postgresTitle = `the arguments and variables in ${engineTitle('postgres_exporter', IMAGES.postgresExporter)}`;

describeWithEngines(['postgres_exporter'], postgresTitle, ({ postgres_exporter: command }) => {
  it('are accepted, and a database that is away is told, without its password', async () => {
    const folder = renderedFolder(ENVIRONMENT);
    const [port = 0, database = 0] = await freePorts(2);
    const { args, env } = commandOf(ENVIRONMENT, 'postgres-exporter');
    const url = `http://127.0.0.1:${String(port)}`;
    const exporter = await startProgram({
      command,
      args: [...args, `--web.listen-address=127.0.0.1:${String(port)}`],
      env: {
        ...env,
        DATA_SOURCE_PASS_FILE: folder.onThisMachine(String(env['DATA_SOURCE_PASS_FILE'])),
        // The same database name and options, at a port where nobody listens.
        DATA_SOURCE_URI: String(env['DATA_SOURCE_URI']).replace(/^[^/]+/, `127.0.0.1:${String(database)}`),
      },
      readyUrl: url,
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    await exporter.stop();
    folder.remove();

    expect(metrics).toMatch(/^pg_up 0$/m);
    expect(exporter.logs()).toContain(`127.0.0.1:${String(database)}`);
    expect(exporter.logs()).not.toContain('postgres-exporter/password');
  });
});
