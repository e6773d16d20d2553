import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eventually } from '../../../tools/processes/eventually';
import { freePort, freePorts, startProgram } from '../../../tools/processes/program';

const NODE = process.execPath;

function serve(port: number): string {
  return `require('node:http').createServer((_, answer) => answer.end('yes')).listen(${String(port)}, '127.0.0.1')`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('freePorts', () => {
  it('gives as many different ports as asked for', async () => {
    expect(new Set(await freePorts(5)).size).toBe(5);
  });
});

describe('startProgram', () => {
  it('returns once the address answers, and stop ends the program', async () => {
    const port = await freePort();
    const program = await startProgram({
      command: NODE,
      args: ['-e', `console.log('hello'); ${serve(port)}`],
      readyUrl: `http://127.0.0.1:${String(port)}/`,
    });

    expect(isAlive(program.pid)).toBe(true);
    expect(program.logs()).toContain('hello');

    await program.stop();
    expect(isAlive(program.pid)).toBe(false);
    await expect(program.stop()).resolves.toBeUndefined();
  });

  it('returns once the port accepts', async () => {
    const port = await freePort();
    const program = await startProgram({ command: NODE, args: ['-e', serve(port)], readyPort: port });
    const answer = await fetch(`http://127.0.0.1:${String(port)}/`);
    await program.stop();

    expect(answer.status).toBe(200);
  });

  it('waits until the given question is answered with yes, taking an error for no', async () => {
    let asked = 0;
    const program = await startProgram({
      command: NODE,
      args: ['-e', 'setInterval(() => {}, 1000)'],
      readyWhen: () => {
        asked += 1;
        return asked < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve(true);
      },
    });
    await program.stop();

    expect(asked).toBe(3);
  });

  it('passes variables and the working directory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'programs-test-'));
    const program = await startProgram({
      command: '/bin/sh',
      args: ['-c', 'printf %s "$GREETING" > greeting; exec sleep 60'],
      cwd: folder,
      env: { GREETING: 'good day' },
      readyWhen: () => Promise.resolve(existsSync(join(folder, 'greeting'))),
    });
    await program.stop();
    const greeting = readFileSync(join(folder, 'greeting'), 'utf8');
    rmSync(folder, { recursive: true });

    expect(greeting).toBe('good day');
  });

  it('fails with the log when the program ends before it is ready', async () => {
    await expect(
      startProgram({
        command: NODE,
        args: ['-e', "console.error('bad flag'); process.exit(3)"],
        readyWhen: () => Promise.resolve(false),
      }),
    ).rejects.toThrow(/ended with 3 before it was ready; its log ends:\nbad flag/);
  });

  it('fails when there is no such program', async () => {
    await expect(
      startProgram({ command: '/no/such/program', args: [], readyWhen: () => Promise.resolve(false) }),
    ).rejects.toThrow(/ended with 127/);
  });

  it('stops a program that is not ready in time, and fails with its log', async () => {
    await expect(
      startProgram({
        command: '/bin/sh',
        args: ['-c', 'echo $$; exec sleep 60'],
        readyWhen: () => Promise.resolve(false),
        timeoutMs: 300,
      }),
    ).rejects.toThrow(/was not ready within 300 ms; its log ends:\n\d+/);
  });

  it('kills a program that does not heed SIGTERM', async () => {
    const program = await startProgram({
      command: NODE,
      args: ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')"],
      readyWhen: () => Promise.resolve(true),
      graceMs: 300,
    });
    await eventually(
      'its output',
      () => program.logs(),
      (logs) => logs.includes('deaf'),
      5_000,
    );
    await program.stop();

    expect(isAlive(program.pid)).toBe(false);
  });

  it('leaves nothing behind when the test run itself is killed', async () => {
    const script = `
      const { startProgram } = require('../../../tools/processes/program');
      startProgram({ command: 'sleep', args: ['60'], readyWhen: () => Promise.resolve(true) }).then((program) => {
        console.log(program.pid);
        process.kill(process.pid, 'SIGKILL');
      });`;
    const run = spawnSync(NODE, ['--import', 'tsx', '-e', script], { cwd: __dirname, encoding: 'utf8' });
    const pid = Number(run.stdout);

    expect(pid).toBeGreaterThan(1);
    expect(
      await eventually(
        'its end',
        () => isAlive(pid),
        (alive) => !alive,
        5_000,
      ),
    ).toBe(false);
  });
});
