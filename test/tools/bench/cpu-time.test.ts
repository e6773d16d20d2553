import { existsSync } from 'node:fs';
import { cpuMilliseconds, fromStat } from '../../../tools/bench/cpu-time';

describe('the time that a process has computed', () => {
  it('is that of its own and of the kernel on its behalf, whatever its name', () => {
    const after = ['S', '1', '2', '3', '0', '-1', '0', '10', '20', '30', '40', '7', '5', '900', '800'].join(
      ' ',
    );
    expect(fromStat(`4711 (a name) with) ${after}\n`)).toBe(120);
  });

  const itOnLinux = existsSync('/proc/self/stat') ? it : it.skip;

  itOnLinux('grows while the process computes', () => {
    const before = cpuMilliseconds(process.pid);
    const end = performance.now() + 200;
    while (performance.now() < end) Math.sqrt(2);
    expect(cpuMilliseconds(process.pid)).toBeGreaterThan(before);
  });
});
