import { Cleanup, startTogether, withCleanup } from '../../../tools/processes/cleanup';

/** A body that asks for three undos, of which some fail, and then fails itself or not. */
function tried(failing: readonly string[], own?: Error) {
  const undone: string[] = [];
  const step = (name: string) => () => {
    undone.push(name);
    return failing.includes(name) ? Promise.reject(new Error(`${name} stays`)) : Promise.resolve();
  };
  const outcome = withCleanup((cleanup) => {
    cleanup.later(step('first'));
    cleanup.stopLater({ stop: step('second') });
    cleanup.removeLater({
      remove: () => {
        undone.push('third');
        if (failing.includes('third')) throw new Error('third stays');
      },
    });
    return own === undefined ? Promise.resolve('measured') : Promise.reject(own);
  });
  return { outcome, undone };
}

const LAST_FIRST = ['third', 'second', 'first'];

describe('withCleanup', () => {
  it('gives back what the body gives, after everything is undone, the last first', async () => {
    const { outcome, undone } = tried([]);

    expect(await outcome).toBe('measured');
    expect(undone).toEqual(LAST_FIRST);
  });

  it("undoes everything when the body fails, and throws the body's own error", async () => {
    const own = new Error('not measured');
    const { outcome, undone } = tried([], own);

    await expect(outcome).rejects.toBe(own);
    expect(undone).toEqual(LAST_FIRST);
  });

  it.each(LAST_FIRST)('undoes the rest where one cannot be undone, and tells it: %s', async (failing) => {
    const { outcome, undone } = tried([failing]);

    await expect(outcome).rejects.toEqual(new Error(`${failing} stays`));
    expect(undone).toEqual(LAST_FIRST);
  });

  it('tells of each that cannot be undone', async () => {
    await expect(tried(['first', 'third']).outcome).rejects.toMatchObject({
      message: 'third stays\nand then: first stays',
      errors: [new Error('third stays'), new Error('first stays')],
    });
  });

  it("tells the body's error before those of the undoing", async () => {
    const own = new Error('not measured');

    await expect(tried(['second'], own).outcome).rejects.toMatchObject({
      message: 'not measured\nand then: second stays',
      errors: [own, new Error('second stays')],
    });
  });
});

describe('startTogether', () => {
  it('leaves what has started running until it is stopped', async () => {
    const undone: string[] = [];
    const stack = await startTogether((cleanup) => {
      cleanup.later(() => undone.push('first'));
      cleanup.later(() => undone.push('second'));
      return Promise.resolve({ url: 'there' });
    });

    expect([stack.url, undone]).toEqual(['there', []]);
    await stack.stop();
    expect(undone).toEqual(['second', 'first']);
  });

  it('undoes what has started when the rest does not start', async () => {
    const undone: string[] = [];
    const own = new Error('port taken');
    const start = startTogether((cleanup) => {
      cleanup.later(() => undone.push('first'));
      return Promise.reject<object>(own);
    });

    await expect(start).rejects.toBe(own);
    expect(undone).toEqual(['first']);
  });
});

describe('Cleanup', () => {
  it('gives back what it will end', () => {
    const cleanup = new Cleanup();
    const program = { stop: () => Promise.resolve(), pid: 7 };
    const folder = { remove: () => undefined, path: 'there' };

    expect(cleanup.stopLater(program)).toBe(program);
    expect(cleanup.removeLater(folder)).toBe(folder);
  });

  it('undoes each thing once, however often it is run', async () => {
    const cleanup = new Cleanup();
    let times = 0;
    cleanup.later(() => {
      times += 1;
    });
    await cleanup.run();
    await cleanup.run();

    expect(times).toBe(1);
  });
});
