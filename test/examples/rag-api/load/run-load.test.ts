import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atPace } from '../../../../examples/rag-api/load/pace';
import { runLoad } from '../../../../examples/rag-api/load/run-load';
import { scenarioOf } from '../../../../examples/rag-api/load/scenarios';
import { randomFor } from '../../../../examples/rag-api/random';

/** A service that keeps what is sent to its faults, and answers all with one status. */
async function keeper(status = 200): Promise<{ url: string; faults: unknown[]; server: Server }> {
  const faults: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      if (request.url === '/_faults') faults.push(JSON.parse(body));
      response.writeHead(status, { connection: 'close' }).end('{}');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, faults, server };
}

describe('the load of a scenario', () => {
  const servers: Server[] = [];
  const kept = async (status?: number) => {
    const service = await keeper(status);
    servers.push(service.server);
    return service;
  };

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('switches on the faults of each service, and all of them off when it is stopped', async () => {
    const [rag, upload, agent] = [await kept(), await kept(), await kept()];
    const targets = { 'rag-api': rag.url, 'upload-pipeline': upload.url, 'agent-api': agent.url };
    const load = await runLoad({ scenario: scenarioOf('provider-down'), rate: 50, targets, seed: 1 });
    await sleep(300);
    await load.stop();
    expect(rag.faults).toEqual([{ providerDown: 1 }, {}]);
    expect(upload.faults).toEqual([{}, {}]);
    expect(agent.faults).toEqual([{ providerDown: 1 }, {}]);
    expect(load.totals.sent).toBeGreaterThan(5);
    expect(load.totals.failed).toBe(0);
  });

  it('switches off what it has switched on where another service takes no faults', async () => {
    const [rag, agent] = [await kept(), await kept(404)];
    const targets = { 'rag-api': rag.url, 'upload-pipeline': rag.url, 'agent-api': agent.url };
    const load = runLoad({ scenario: scenarioOf('provider-down'), rate: 1, targets, seed: 1 });
    await expect(load).rejects.toThrow(
      /_faults answers 404; start agent-api with FAULTS=1, on this machine$/,
    );
    expect(rag.faults.at(-1)).toEqual({});
  });
});

describe('a pace', () => {
  it('calls as often as it should, and waits for what is under way when it is stopped', async () => {
    let begun = 0;
    let ended = 0;
    const stop = atPace(100, randomFor(1, 'pace'), async () => {
      begun += 1;
      await sleep(50);
      ended += 1;
    });
    await sleep(1000);
    await stop();
    expect(begun).toBeGreaterThan(60);
    expect(begun).toBeLessThan(120);
    expect(ended).toBe(begun);
  });

  it('never calls at a rate of 0', async () => {
    const act = jest.fn(() => Promise.resolve());
    await atPace(0, randomFor(1, 'pace'), act)();
    expect(act).not.toHaveBeenCalled();
  });
});
