import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
      if (faults.value('memoryLeak') === 0) this.giveBack();
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

  /** Node.js would hold what nobody needs for as long as there is room: a process that leaked would look as if it did. */
  private giveBack(): void {
    if (this.kept === 0) return;
    this.#blocks.length = 0;
    collectGarbage();
  }
}

/** Node.js hides the function that does so behind a flag (nodejs.org/api/cli.html#--expose-gc). */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
