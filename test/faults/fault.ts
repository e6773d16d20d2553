import { withCleanup, type Cleanup } from '../../tools/processes/cleanup';

/** Full paths of the programs that faults are tried on. */
export interface FaultPrograms {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly jaeger: string;
}

/** One thing that was measured. */
export interface Measure {
  /** What was counted. */
  readonly what: string;
  /** What came out, in counts or shares: times vary with the machine. */
  readonly found: string;
  /**
   * Whether the promise was kept.
   * @default - nothing is promised here: it says what is lost
   */
  readonly kept?: boolean;
}

/** Something that goes wrong in the chain from a service to a notification, and what it costs. */
export interface Fault {
  /** Name of its file, and of `npm run faults -- --only <name>`. */
  readonly name: string;
  /** What goes wrong. */
  readonly title: string;
  /** What the stack promises in spite of it. */
  readonly promise: string;
  /** How the fault is brought about, and how the loss is counted. */
  readonly how: string;
  /** Starts what it needs, to be stopped by the cleanup, brings the fault about, and counts. */
  readonly measure: (programs: FaultPrograms, cleanup: Cleanup) => Promise<readonly Measure[]>;
}

/** Measures a fault, and leaves nothing behind. */
export function measured({ measure }: Fault, programs: FaultPrograms): Promise<readonly Measure[]> {
  return withCleanup((cleanup) => measure(programs, cleanup));
}

/** A measure of something that is promised. */
export function promised(what: string, found: string, kept: boolean): Measure {
  return { what, found, kept };
}

/** A measure of something that nobody promises. */
export function told(what: string, found: string): Measure {
  return { what, found };
}

/** `12 of 12`. */
export function outOf(part: number, whole: number): string {
  return `${String(part)} of ${String(whole)}`;
}
