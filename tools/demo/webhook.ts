import { startHttpServer, type HttpServer } from '../processes/http-server';

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
export interface Webhook extends HttpServer {
  /** In the order of arrival. */
  readonly notifications: readonly Notification[];
}

/** Starts a receiver on a free port of loopback. A body that is no JSON is refused with 400 and not counted. */
export async function startWebhook(): Promise<Webhook> {
  const notifications: Notification[] = [];
  const server = await startHttpServer((incoming, outgoing) => {
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
  return { ...server, notifications };
}
