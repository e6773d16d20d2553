import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { downloadedPlugins, installCommand } from '../../../constructs/grafana/grafana-plugins';
import { PLUGINS } from './options';

/** Runs the command with a `grafana` that prints its arguments and ends as it is told. */
function run(exitCode: number) {
  const folder = mkdtempSync(join(tmpdir(), 'grafana-plugins-'));
  const program = join(folder, 'grafana');
  writeFileSync(program, `#!/bin/sh\necho "$@"\nexit ${String(exitCode)}\n`);
  chmodSync(program, 0o755);
  const [command = '', ...args] = installCommand(PLUGINS);
  const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  const result = spawnSync(command, args, { encoding: 'utf8', env: { PATH: path } });
  rmSync(folder, { recursive: true });
  return result;
}

describe('downloadedPlugins', () => {
  it('are all of them, without X-Ray where there is no AWS, and none if the image carries them', () => {
    expect(Object.keys(downloadedPlugins({}, PLUGINS, true))).toEqual([
      'grafana-x-ray-datasource',
      'grafana-clock-panel',
    ]);
    expect(downloadedPlugins({ plugins: { kind: 'download' } }, PLUGINS, false)).toEqual({
      'grafana-clock-panel': '3.0.0',
    });
    expect(downloadedPlugins({ plugins: { kind: 'image', image: 'own:1' } }, PLUGINS, true)).toEqual({});
  });
});

describe('installCommand', () => {
  it("fetches each plugin at its version into Grafana's directory", () => {
    expect(run(0).stdout.trim().split('\n')).toEqual([
      'cli --pluginsDir /var/lib/grafana/plugins plugins install grafana-x-ray-datasource 2.0.0',
      'cli --pluginsDir /var/lib/grafana/plugins plugins install grafana-clock-panel 3.0.0',
    ]);
  });

  it('goes on without a plugin that cannot be had, and says so', () => {
    const { status, stdout, stderr } = run(1);

    expect(status).toBe(0);
    expect(stdout).toContain('grafana-clock-panel');
    expect(stderr).toContain(
      'plugin grafana-clock-panel 3.0.0 could not be fetched; Grafana starts without it',
    );
  });
});
