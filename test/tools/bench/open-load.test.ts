import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openLoad, percentile } from '../../../tools/bench/open-load';

describe('a load at an even pace', () => {
  let server: Server;

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not wait for answers, and counts each time from when the request was due', async () => {
    const bodies: string[] = [];
    const held: (() => void)[] = [];
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => held.push(() => response.end()));
      // The service hangs until the last of them has come.
      request.on('end', () => {
        if (held.length === 20) for (const answer of held) answer();
      });
    });
    const body = (number: number) => ({ number });
    const { milliseconds, failed } = await openLoad({ url, perSecond: 40, seconds: 0.5, body });
    expect(bodies.sort()).toEqual(
      Array.from({ length: 20 }, (_, number) => JSON.stringify({ number })).sort(),
    );
    expect(failed).toBe(0);
    expect(milliseconds).toHaveLength(20);
    // Due 475 ms apart, answered together.
    expect((milliseconds[19] ?? 0) - (milliseconds[0] ?? 0)).toBeGreaterThan(300);
    expect([...milliseconds].sort((one, other) => one - other)).toEqual(milliseconds);
  });

  it('counts what is no 200 and what nobody answers as failed, without a time', async () => {
    let count = 0;
    const url = await serve((request, response) => {
      count += 1;
      if (count % 2 === 0) request.socket.destroy();
      else response.writeHead(500).end();
    });
    const { milliseconds, failed } = await openLoad({ url, perSecond: 100, seconds: 0.1, body: () => ({}) });
    expect(milliseconds).toEqual([]);
    expect(failed).toBe(10);
  });
});

describe('a percentile', () => {
  it('is the value that so large a share does not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([0, 0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([1, 100, 190, 200]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
