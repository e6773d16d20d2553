import type { Faults } from './faults';

const MIB = 1024 * 1024;

/** A leak that takes the machine with it helps nobody. */
const MOST_MIB = 2048;

/** The fault `memoryLeak`: memory that is asked for and never given back, until the fault is off. */
export class MemoryLeak {
  /** What shrinks goes back to the system at once; memory that was merely forgotten, Node.js would hold on to. */
  readonly #memory = new ArrayBuffer(0, { maxByteLength: MOST_MIB * MIB });
  readonly #timer: NodeJS.Timeout;

  constructor(faults: Faults) {
    this.#timer = setInterval(() => {
      this.grow(faults.value('memoryLeak'));
    }, 1000);
    this.#timer.unref();
    faults.onChange(() => {
      if (faults.value('memoryLeak') === 0) this.#memory.resize(0);
    });
  }

  /** Memory that is kept, in MiB. */
  get kept(): number {
    return this.#memory.byteLength / MIB;
  }

  /** Keeps so many whole MiB more. They are written to, as memory that is only asked for takes no room. */
  grow(mebibytes: number): void {
    const { byteLength } = this.#memory;
    const more = Math.floor(Math.min(mebibytes, MOST_MIB - this.kept)) * MIB;
    this.#memory.resize(byteLength + more);
    new Uint8Array(this.#memory, byteLength, more).fill(1);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#memory.resize(0);
  }
}
