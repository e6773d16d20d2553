import { setTimeout as sleep } from 'node:timers/promises';
import { AsyncLocalStorage } from 'node:async_hooks';
import { JobQueue } from '../../../../examples/rag-api/upload/job-queue';
import { documentType, parse, UnreadableDocument } from '../../../../examples/rag-api/upload/parse';

/** A queue whose jobs end when the test says so. */
function held(workers: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const state = { open: true, now: 0 };
  const queue = new JobQueue<string>({
    workers,
    isOpen: () => state.open,
    now: () => state.now,
    work: (job) => {
      begun.push(job);
      return new Promise((resolve) => ends.set(job, resolve));
    },
  });
  const end = async (job: string) => {
    ends.get(job)?.();
    await new Promise(setImmediate);
  };
  return { queue, begun, end, state };
}

describe('the queue of uploads', () => {
  it('gives jobs to free workers in the order in which they came', async () => {
    const { queue, begun, end } = held(2);
    for (const job of ['a', 'b', 'c', 'd']) queue.add(job);
    expect(begun).toEqual(['a', 'b']);
    expect(queue.length).toBe(2);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('tells how long the oldest job has waited, and 0 while none does', () => {
    const { queue, state } = held(1);
    queue.add('a');
    expect(queue.oldestAgeSeconds).toBe(0);
    queue.add('b');
    state.now = 5000;
    queue.add('c');
    state.now = 12_000;
    expect(queue.oldestAgeSeconds).toBe(12);
  });

  it('keeps jobs while it is closed, and goes on when it opens', () => {
    const { queue, begun, state } = held(1);
    state.open = false;
    queue.add('a');
    expect(queue.length).toBe(1);
    state.open = true;
    queue.resume();
    expect(begun).toEqual(['a']);
  });

  it('works on a job in the context of the request that brought it', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const queue = new JobQueue<string>({
      workers: 1,
      isOpen: () => true,
      work: async () => {
        seen.push(request.getStore());
        await new Promise(setImmediate);
      },
    });
    for (const id of ['first', 'second'])
      request.run(id, () => {
        queue.add('job');
      });
    await sleep(20);
    expect(seen).toEqual(['first', 'second']);
  });

  it('waits for the jobs that are worked on when it is drained', async () => {
    const { queue, begun, end } = held(1);
    queue.add('a');
    queue.add('b');
    let drained = false;
    const draining = queue.drain().then(() => (drained = true));
    await new Promise(setImmediate);
    expect(drained).toBe(false);
    await end('a');
    await draining;
    expect(begun).toEqual(['a']);
  });
});

describe('the text of a document', () => {
  it('is known by its media type', () => {
    expect(
      ['text/markdown; charset=utf-8', 'TEXT/HTML', 'application/zip', undefined].map(documentType),
    ).toEqual(['markdown', 'html', 'other', 'other']);
  });

  it('is what HTML says, with its headings', () => {
    expect(parse('html', Buffer.from('<h2 class="a">Roof</h2><p>It leaks.</p>')).replace(/\s+/g, ' ')).toBe(
      ' ## Roof It leaks. ',
    );
  });

  it('is refused where the bytes are none', () => {
    expect(() => parse('text', Buffer.from('scan\0'))).toThrow(UnreadableDocument);
    expect(() => parse('text', Buffer.from([0xff, 0xfe]))).toThrow(UnreadableDocument);
    expect(() => parse('markdown', Buffer.from('  \n'))).toThrow(
      'no text in a document of the type markdown',
    );
  });
});
