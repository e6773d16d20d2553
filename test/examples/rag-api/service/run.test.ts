import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { closerOf } from '../../../../examples/rag-api/service/close-server';
import { run } from '../../../../examples/rag-api/service/run';
import { settingsFrom } from '../../../../examples/rag-api/service/settings';

describe('a service that is told to stop', () => {
  it('says first that it is not ready, answers for a while, and then takes no more connections', async () => {
    const common = { PORT: '0', LOG_LEVEL: 'silent', LATENCY_FACTOR: '0' };
    const running = await run(settingsFrom({ ...common, DRAIN_SECONDS: '0.5' }));
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    const stopped = running.stop();
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503);
    const answer = await fetch(`${running.url}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"question": "When is a chain worn?"}',
    });
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await stopped;
    await expect(fetch(`${running.url}/readyz`)).rejects.toThrow('fetch failed');
  });
});

describe('a server that closes', () => {
  async function server() {
    const fastify = Fastify({ forceCloseConnections: 'idle' });
    fastify.post('/', async () => {
      await sleep(200);
      return 'done';
    });
    const close = closerOf(fastify);
    const url = new URL(await fastify.listen({ port: 0, host: '127.0.0.1' }));
    return { url, close };
  }

  /** A connection that sends `text` and no more; answers what came back when it is over. */
  async function connection({ port }: URL, text: string) {
    const socket = connect(Number(port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString())).on('error', () => undefined);
    const over = once(socket, 'close').then(() => received);
    await once(socket, 'connect');
    if (text !== '') socket.write(text);
    await sleep(50);
    return { over };
  }

  it('lets a request end, and waits for no connection that has asked nothing', async () => {
    const { url, close } = await server();
    const silent = await connection(url, '');
    const asked = await connection(
      url,
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
    const start = performance.now();
    await close(5000);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await asked.over).toMatch(/^HTTP\/1.1 200 OK[^]*done$/);
    expect(await silent.over).toBe('');
  });

  it('cuts off a caller that does not send its request to the end', async () => {
    const { url, close } = await server();
    const slow = await connection(
      url,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nabc',
    );
    const start = performance.now();
    await close(300);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await slow.over).toBe('');
  });
});
