import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrograms, howToGet, isAtLeast, withoutPages } from '../../../tools/demo/programs';

let home: string;

/** A program that says its version as Prometheus does. */
function put(folder: string, name: string, says: string): string {
  const file = join(home, folder, name);
  mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${says}' >&2\n`);
  chmodSync(file, 0o755);
  return file;
}

const variables = () => ({ ENGINES_HOME: join(home, 'engines'), PATH: join(home, 'usr') });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'programs-'));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('findPrograms', () => {
  it("takes a distribution's programs with their names and versions", () => {
    const prometheus = put('usr', 'prometheus', 'prometheus, version 2.42.0+ds (branch: debian/sid)');
    const alertmanager = put('usr', 'prometheus-alertmanager', 'alertmanager, version 0.25.0 (branch: x)');

    expect(findPrograms(variables()).programs).toEqual({
      prometheus: { command: prometheus, version: [2, 42] },
      alertmanager: { command: alertmanager, version: [0, 25] },
    });
  });

  it('prefers the versions that npm run engines installed', () => {
    put('usr', 'prometheus', 'prometheus, version 2.42.0');
    put('usr', 'alertmanager', 'alertmanager, version 0.25.0');
    const pinned = put('engines/bin', 'prometheus', 'prometheus, version 3.14.0');

    expect(findPrograms(variables()).programs?.prometheus).toEqual({ command: pinned, version: [3, 14] });
  });

  it('has nothing to start without Alertmanager, and says how to get what is missing', () => {
    put('usr', 'prometheus', 'prometheus, version 3.14.0');
    const { programs, missing } = findPrograms(variables());

    expect(programs).toBeUndefined();
    expect(missing).toEqual(howToGet(['alertmanager', 'jaeger', 'otel-collector', 'node-exporter']));
  });

  it('takes a program that does not say its version', () => {
    put('usr', 'prometheus', 'nothing of use');
    put('usr', 'alertmanager', 'nothing of use');

    expect(findPrograms(variables()).programs?.prometheus.version).toBeUndefined();
  });
});

describe('howToGet', () => {
  it('says what is lost without each, and names the engines and the packages of Debian once', () => {
    expect(howToGet(['alertmanager', 'jaeger', 'otel-collector'])).toEqual([
      'alertmanager: not found; nothing works without it',
      'jaeger: not found; without it: no traces are stored',
      'otel-collector: not found; without it: no spans are taken',
      "mend: npm run engines -- --only alertmanager,jaeger,otelcol, or of Debian's packages: apt-get install prometheus-alertmanager",
    ]);
    expect(howToGet(['otel-collector'])).toEqual([
      'otel-collector: not found; without it: services send spans to Jaeger directly, unredacted',
      'mend: npm run engines -- --only otelcol',
    ]);
    expect(howToGet([])).toEqual([]);
  });
});

describe('withoutPages', () => {
  it('names the programs that npm run engines built', () => {
    const prometheus = { command: put('engines/bin', 'prometheus', 'x') };
    const alertmanager = { command: put('usr', 'alertmanager', 'x') };

    expect(withoutPages({ prometheus, alertmanager }, variables())).toEqual([
      'Built by npm run engines, so without pages for a browser: prometheus',
      '',
    ]);
    expect(withoutPages({ prometheus: alertmanager, alertmanager }, variables())).toEqual([]);
  });
});

describe('isAtLeast', () => {
  it.each<[readonly [number, number] | undefined, boolean]>([
    [[3, 11], false],
    [[3, 12], true],
    [[2, 53], false],
    [[4, 0], true],
    [undefined, true],
  ])('%s is at least 3.12: %s', (version, expected) => {
    expect(isAtLeast({ command: 'prometheus', version }, [3, 12])).toBe(expected);
  });
});
