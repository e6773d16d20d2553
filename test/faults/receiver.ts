import type { RequestListener } from 'node:http';
import type { Notification } from '../../tools/demo/webhook';
import { startHttpServer } from '../../tools/processes/http-server';

/** A receiver of notifications that can be away for a while. */
export interface Receiver {
  readonly port: number;
  readonly url: string;
  /** In the order of arrival, over all times that it was up. */
  readonly notifications: readonly Notification[];
  /** Closes the port: calls are refused. */
  goDown(): Promise<void>;
  /** Listens again on the same port. */
  comeBack(): Promise<void>;
}

/** Starts a receiver on a free port of loopback. */
export async function startReceiver(): Promise<Receiver> {
  const notifications: Notification[] = [];
  const keep: RequestListener = (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      notifications.push(JSON.parse(Buffer.concat(chunks).toString()) as Notification);
      outgoing.writeHead(200).end();
    });
  };
  let server = await startHttpServer(keep);
  const { port } = server;
  return {
    port,
    url: `http://127.0.0.1:${String(port)}/alerts`,
    notifications,
    goDown: () => server.stop(),
    comeBack: async () => {
      server = await startHttpServer(keep, { port });
    },
  };
}

/** How often each alert was told, by a label of it. */
export function timesTold(
  { notifications }: Receiver,
  label: string,
  status: 'firing' | 'resolved' = 'firing',
): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  const values = notifications
    .flatMap(({ alerts }) => alerts)
    .filter((alert) => alert.status === status)
    .map(({ labels }) => labels[label] ?? '');
  for (const value of values) told.set(value, (told.get(value) ?? 0) + 1);
  return told;
}
