import { Faults } from '../../../../examples/rag-api/service/faults';
import { MemoryLeak } from '../../../../examples/rag-api/service/memory-leak';
import { eventually } from '../../../support/eventually';

const MIB = 1024 * 1024;

describe('the fault memoryLeak', () => {
  const faults = new Faults();
  const leak = new MemoryLeak(faults);

  afterAll(() => {
    leak.stop();
  });

  it('keeps whole MiB while it is on, and gives them back to the system when it is off', async () => {
    faults.replace({ memoryLeak: 1 });
    leak.grow(64.5);
    const { arrayBuffers: before } = process.memoryUsage();
    const kept = leak.kept;
    faults.replace({});

    expect([kept, leak.kept]).toEqual([64, 0]);
    await eventually(
      'the memory is given back',
      () => before - process.memoryUsage().arrayBuffers,
      (bytes) => bytes > 60 * MIB,
    );
  });
});
