import { Faults } from '../../../../examples/rag-api/service/faults';
import { MemoryLeak } from '../../../../examples/rag-api/service/memory-leak';

const MIB = 1024 * 1024;

describe('the fault memoryLeak', () => {
  const faults = new Faults();
  const leak = new MemoryLeak(faults);

  afterAll(() => {
    leak.stop();
  });

  it('keeps whole MiB while it is on, and gives them back to the system when it is off', () => {
    faults.replace({ memoryLeak: 1 });
    const { rss: before } = process.memoryUsage();
    leak.grow(128.5);
    const { rss: leaking } = process.memoryUsage();
    const kept = leak.kept;
    faults.replace({});
    const { rss: after } = process.memoryUsage();

    expect([kept, leak.kept]).toEqual([128, 0]);
    expect(leaking - before).toBeGreaterThan(120 * MIB);
    expect(leaking - after).toBeGreaterThan(120 * MIB);
  });
});
