import { modelOf } from '../support/rendered';
import { startAws, type AwsHere } from '../support/aws-here';
import type { ServicesHere } from '../support/alertmanager-here';
import { startHttpSink, type HttpSink, type ReceivedRequest } from '../support/http-sink';
import { startSmtpSink } from '../support/smtp-sink';
import { createTopics, type TopicHere } from '../support/topics-here';

/** A message that arrived somewhere. */
export interface Message {
  /** `PagerDuty`, `Slack #<channel>`, `e-mail`, `SNS` or `webhook`. */
  readonly place: string;
  readonly alert: string;
  readonly status: 'firing' | 'resolved';
  /** `undefined` where the message tells of alerts of several severities. */
  readonly severity: string | undefined;
  /** Everything that a reader gets to see. */
  readonly text: string;
  /** When it came, as `Date.now()` says it. */
  readonly at: number;
}

/** What a webhook is sent (prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
interface WebhookBody {
  readonly status: 'firing' | 'resolved';
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** Everything that Alertmanager can tell somebody by, on loopback. */
export interface Receivers {
  readonly aws: AwsHere;
  /** What replaces the addresses of alertmanager.yml. */
  readonly services: ServicesHere;
  /** An address that takes any POST, in the place of AWS X-Ray. */
  readonly tracesUrl: string;
  /** Every message so far, in the order of arrival; heartbeats are not among them. */
  messages(): Promise<readonly Message[]>;
  /** What came in the place of AWS X-Ray. */
  traceRequests(): readonly ReceivedRequest[];
  /** Messages of the topic that the heartbeat alarm watches. */
  heartbeats(): Promise<number>;
  stop(): Promise<void>;
}

const ENVIRONMENT = 'prod';

/** A subscriber of the heartbeat topic, which has none in the stack: an alarm watches it. */
const LISTENER = 'listener';

/** Whom the stack's own subscription gives critical alerts. */
const ON_CALL = 'on-call@example.org';

/** `[FIRING:1] HighErrorRate (critical) in prod`, or without what differs between its alerts. */
const TITLE = /\[(FIRING|RESOLVED)(?::\d+)?\] (\w+)(?: \((\w+)\))?/;

/** Starts all receivers, with the stack's topics in moto. */
export async function startReceivers(motoServer: string): Promise<Receivers> {
  const { accountId = '', region = '' } = modelOf(ENVIRONMENT).aws ?? {};
  const arrivals = new Map<ReceivedRequest, number>();
  const [aws, http, mail] = await Promise.all([
    startAws(motoServer, { accountId, region }),
    startHttpSink((request) => {
      arrivals.set(request, Date.now());
      return { ok: true };
    }),
    startSmtpSink(),
  ]);
  const topics = await createTopics(aws, ENVIRONMENT);
  const [alerts, heartbeat] = [topics['rag-monitoring-alerts'], topics['rag-monitoring-heartbeat']];
  await heartbeat?.subscribe(LISTENER);
  const slow = slowReceivers(alerts, mail.mails);
  let beats = 0;
  return {
    aws,
    services: servicesHere(http, mail.port, aws),
    tracesUrl: `${http.url}/traces`,
    messages: async () => {
      const posted = http.requests.flatMap((request) => messageOf(request, arrivals.get(request) ?? 0));
      return [...posted, ...(await slow())].sort((a, b) => a.at - b.at);
    },
    traceRequests: () => http.requests.filter(({ path }) => path === '/traces'),
    heartbeats: async () => (beats += (await heartbeat?.take(LISTENER))?.length ?? 0),
    stop: async () => {
      await Promise.all([aws.stop(), http.stop(), mail.stop()]);
    },
  };
}

function servicesHere({ url }: HttpSink, mailPort: number, aws: AwsHere): ServicesHere {
  return {
    global: {
      pagerduty_url: `${url}/pagerduty`,
      slack_app_url: `${url}/slack`,
      smtp_smarthost: `127.0.0.1:${String(mailPort)}`,
      // The sink speaks without TLS.
      smtp_require_tls: false,
    },
    integrations: { sns: { api_url: aws.url }, webhook: { url: `${url}/webhook` } },
  };
}

/** Mails and messages of SNS: their arrival is noticed when one looks. */
function slowReceivers(topic: TopicHere | undefined, mails: readonly { readonly text: string }[]) {
  const seen: Message[] = [];
  let mailsSeen = 0;
  return async (): Promise<readonly Message[]> => {
    for (const { text } of mails.slice(mailsSeen)) {
      const title = /^Subject: (.*(?:\n\s.*)*)/m.exec(text)?.[1] ?? '';
      seen.push(...titled('e-mail', decodedHeader(title), decodedBody(text)));
    }
    mailsSeen = mails.length;
    for (const { Subject, Message: text, MessageAttributes } of (await topic?.take(ON_CALL)) ?? []) {
      const severity = MessageAttributes['severity']?.Value;
      seen.push(...titled('SNS', Subject, text).map((message) => ({ ...message, severity })));
    }
    return seen;
  };
}

/** A header as a reader sees it: folded lines joined, RFC 2047's words decoded. */
function decodedHeader(text: string): string {
  return text
    .replace(/\n\s/g, ' ')
    .replace(/=\?utf-8\?q\?(.*?)\?=/gi, (_whole, word: string) =>
      word
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    );
}

/** A body in quoted-printable as a reader sees it (RFC 2045, 6.7), as far as it is ASCII. */
function decodedBody(text: string): string {
  return text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

interface SlackBody {
  readonly channel: string;
  readonly attachments: readonly { readonly title: string; readonly text: string }[];
}

interface PagerDutyBody {
  readonly event_action: 'trigger' | 'resolve';
  readonly payload?: {
    readonly summary: string;
    readonly custom_details?: Readonly<Record<string, string>>;
  };
}

function messageOf({ path, body }: ReceivedRequest, at: number): readonly Message[] {
  if (path === '/webhook') {
    const { status, groupLabels, commonLabels, alerts } = bodyOf(body) as WebhookBody;
    const alert = groupLabels['alertname'] ?? '';
    const text = alerts.flatMap(({ annotations }) => Object.values(annotations)).join('\n');
    return [{ place: 'webhook', alert, status, severity: commonLabels['severity'], text, at }];
  }
  if (path === '/slack') {
    const { channel, attachments } = bodyOf(body) as SlackBody;
    return attachments.flatMap(({ title, text }) =>
      titled(`Slack ${channel}`, title, `${title}\n${text}`, at),
    );
  }
  if (path.startsWith('/pagerduty')) {
    const { payload } = bodyOf(body) as PagerDutyBody;
    const text = Object.values(payload?.custom_details ?? {}).join('\n');
    return titled('PagerDuty', payload?.summary ?? '', text, at);
  }
  return [];
}

function bodyOf(body: Buffer): unknown {
  return JSON.parse(String(body)) as unknown;
}

function titled(place: string, title: string, text: string, at = Date.now()): readonly Message[] {
  const [, status, alert = '', severity] = TITLE.exec(title) ?? [];
  if (status === undefined) throw new Error(`${place} got a message without a title: ${text.slice(0, 500)}`);
  return [{ place, alert, status: status === 'FIRING' ? 'firing' : 'resolved', severity, text, at }];
}
