import type { Faults } from './faults';

const MIB = 1024 * 1024;

/** A leak that takes the machine with it helps nobody. */
const MOST_BLOCKS = 2048;

/** The fault `memoryLeak`: memory that is asked for and never given back, until the fault is off. */
export class MemoryLeak {
  readonly #blocks: Buffer[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(faults: Faults) {
    this.#timer = setInterval(() => {
      this.grow(faults.value('memoryLeak'));
    }, 1000);
    this.#timer.unref();
    faults.onChange(() => {
      if (faults.value('memoryLeak') === 0) this.#blocks.length = 0;
    });
  }

  /** Memory that is kept, in MiB. */
  get kept(): number {
    return this.#blocks.length;
  }

  /** Keeps so many MiB more. They are written to, as memory that is only asked for takes no room. */
  grow(mebibytes: number): void {
    for (let left = Math.min(mebibytes, MOST_BLOCKS - this.kept); left >= 1; left--) {
      this.#blocks.push(Buffer.alloc(MIB, 1));
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#blocks.length = 0;
  }
}
