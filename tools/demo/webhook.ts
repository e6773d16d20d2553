import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from './loopback';

/** What Alertmanager sends to a webhook (prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
export interface Notification {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** A receiver of notifications that keeps them. */
export interface Webhook {
  readonly port: number;
  /** In the order of arrival. */
  readonly notifications: readonly Notification[];
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of loopback. A body that is no JSON is refused with 400 and not counted. */
export async function startWebhook(): Promise<Webhook> {
  const notifications: Notification[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      try {
        notifications.push(JSON.parse(Buffer.concat(chunks).toString()) as Notification);
        outgoing.writeHead(200).end();
      } catch {
        outgoing.writeHead(400).end('no JSON');
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    notifications,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
