import type { SecretRef } from './programs';

/** Where notifications go. A severity without any receiver of its own is an error. */
export interface ReceiverSettings {
  /** @default - no Slack */
  readonly slack?: {
    /**
     * Secret with the token of a Slack app's bot (`xoxb-...`, scope chat:write) that is a member of the channels. The
     * webhook of an app posts to one channel only and ignores every other (alertmanager pull request 4211).
     */
    readonly botToken: SecretRef;
    /** @default '#alerts-critical' */
    readonly criticalChannel?: string;
    /** @default '#alerts' */
    readonly warningChannel?: string;
  };
  /** PagerDuty Events API v2, for critical alerts. @default - no PagerDuty */
  readonly pagerduty?: { readonly routingKey: SecretRef };
  /** @default - no e-mail */
  readonly email?: {
    readonly from: string;
    readonly to: readonly string[];
    /** `host:port` of an SMTP server with STARTTLS. */
    readonly smarthost: string;
    readonly username: string;
    readonly password: SecretRef;
    /** Addresses of the SMTP server, for the network policy. @default - any address on the smarthost's port */
    readonly cidrs?: readonly string[];
  };
  /** Webhook that gets every alert that warns or pages. @default - no webhook */
  readonly webhook?: WebhookSettings;
  /** Publish critical alerts to the stack's SNS topic, and the Watchdog to the heartbeat topic. Needs `aws`. @default - true where there is `aws` */
  readonly sns?: boolean;
  /** Receivers by value of the alert's label `team`. @default [] */
  readonly teams?: readonly TeamRoute[];
}

/** An address that gets alerts as JSON. */
export interface WebhookSettings {
  /** Secret with the URL, or a plain URL inside the cluster. */
  readonly url: SecretRef | string;
  /** Where the URL leads, for the network policy. @default - any address on port 443 */
  readonly cidrs?: readonly string[];
  /** Port of the URL. @default 443 */
  readonly port?: number;
}

/** Sends a team's alerts to the team, beside what severity asks for. */
export interface TeamRoute {
  /** Value of the label `team`. */
  readonly team: string;
  /** Slack channel; needs `slack`. @default - none */
  readonly slackChannel?: string;
  /** E-mail addresses; needs `email`. @default - none */
  readonly emails?: readonly string[];
}
