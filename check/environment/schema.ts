import { z } from 'zod';
import type { Environment } from '../../environments/environment';
import {
  cidrs,
  dnsLabel,
  email,
  hostAndPort,
  httpUrl,
  objectName,
  port,
  positive,
  secretRef,
  wholePositive,
} from './fields';
import { thresholdsSchema } from './thresholds';

const account = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/, 'twelve digits, in quotes'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as ap-southeast-2')
    .optional(),
  subscriptions: z.array(
    z.strictObject({
      protocol: z.enum(['email', 'https', 'sqs', 'lambda']),
      endpoint: z.string().min(1),
      severities: z.array(z.enum(['critical', 'warning', 'info'])).optional(),
    }),
  ),
  monthlyBudgetDollars: positive.optional(),
  costAnomalyImpactDollars: positive.optional(),
  cloudWatchAgent: z.boolean().optional(),
  cloudWatchDashboard: z.boolean().optional(),
});

const cluster = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('eks'),
    name: z.string().min(1).max(100),
    identity: z.enum(['pod-identity', 'irsa']).optional(),
  }),
  z.strictObject({ kind: z.literal('kubeconfig'), context: z.string().min(1), path: z.string().optional() }),
]);

const state = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket'),
    region: z.string().optional(),
    kmsKeyId: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('local'),
    path: z.string().regex(/^[^/~]/, 'a relative path, so that the output is the same in every folder'),
  }),
]);

const volume = z.strictObject({ sizeGiB: wholePositive, storageClass: objectName });
const resources = z.strictObject({
  cpuMillicores: wholePositive,
  memoryMiB: wholePositive,
  memoryLimitMiB: wholePositive.optional(),
});

const scrape = z.strictObject({
  annotatedPods: z.boolean().optional(),
  services: z
    .array(
      z.strictObject({
        job: dnsLabel,
        namespaces: z.array(dnsLabel).min(1, 'at least one namespace'),
        matchLabels: z.record(z.string(), z.string()),
        port: z.string().min(1),
        path: z.string().optional(),
        targetPort: port,
        application: dnsLabel.optional(),
        intervalSeconds: wholePositive.optional(),
      }),
    )
    .optional(),
  static: z
    .array(
      z.strictObject({
        job: dnsLabel,
        targets: z.array(hostAndPort).min(1, 'at least one "host:port"'),
        application: dnsLabel.optional(),
        scheme: z.enum(['http', 'https']).optional(),
        path: z.string().optional(),
        cidrs,
      }),
    )
    .optional(),
  probes: z.array(httpUrl).optional(),
  federation: z
    .array(
      z.strictObject({
        job: dnsLabel,
        target: hostAndPort,
        scheme: z.enum(['http', 'https']).optional(),
        match: z.array(z.string().min(1)).min(1, 'at least one selector such as {job="rag-api"}'),
        cidrs,
      }),
    )
    .optional(),
});

const receivers = z.strictObject({
  slack: z
    .strictObject({
      botToken: secretRef,
      criticalChannel: z.string().startsWith('#', 'a channel such as #alerts').optional(),
      warningChannel: z.string().startsWith('#', 'a channel such as #alerts').optional(),
    })
    .optional(),
  pagerduty: z.strictObject({ routingKey: secretRef }).optional(),
  email: z
    .strictObject({
      from: email,
      to: z.array(email).min(1, 'at least one address'),
      smarthost: hostAndPort,
      username: z.string(),
      password: secretRef,
      cidrs: cidrs.optional(),
    })
    .optional(),
  webhook: z
    .strictObject({ url: z.union([secretRef, httpUrl]), cidrs: cidrs.optional(), port: port.optional() })
    .optional(),
  sns: z.boolean().optional(),
  teams: z
    .array(
      z.strictObject({
        team: z.string().min(1),
        slackChannel: z.string().startsWith('#', 'a channel such as #team').optional(),
        emails: z.array(email).optional(),
      }),
    )
    .optional(),
});

const grafana = z.strictObject({
  replicas: wholePositive.optional(),
  resources,
  adminPassword: secretRef,
  exposure: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cluster') }),
    z.strictObject({ kind: z.literal('internal-load-balancer'), sourceRanges: cidrs }),
    z.strictObject({
      kind: z.literal('ingress'),
      host: z.string().regex(/^[a-z0-9.-]+$/, 'a host name'),
      ingressClass: objectName,
      tlsSecret: objectName,
      controllerNamespace: dnsLabel,
    }),
  ]),
  storage: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('volume'), volume, secretKey: secretRef }),
      z.strictObject({
        kind: z.literal('postgres'),
        host: z.string().min(1),
        port: port.optional(),
        database: z.string().min(1),
        user: z.string().min(1),
        password: secretRef,
        secretKey: secretRef,
        cidrs,
      }),
    ])
    .optional(),
  plugins: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('download') }),
      z.strictObject({
        kind: z.literal('image'),
        image: z.string().regex(/:[^:/]+$/, 'an image with its tag'),
      }),
    ])
    .optional(),
});

const jaegerStorage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory'), maxTraces: wholePositive.optional() }),
  z.strictObject({ kind: z.literal('badger'), volume, retentionDays: wholePositive }),
  z.strictObject({
    kind: z.enum(['elasticsearch', 'opensearch']),
    urls: z.array(httpUrl).min(1, 'at least one address'),
    username: z.string().min(1),
    password: secretRef,
    cidrs,
  }),
]);

const vendors = z.strictObject({
  datadog: z.strictObject({ site: z.string().min(1), apiKey: secretRef }).optional(),
  newRelic: z.strictObject({ endpoint: httpUrl, licenseKey: secretRef }).optional(),
  sentry: z.strictObject({ url: httpUrl, organization: z.string().min(1), authToken: secretRef }).optional(),
});

/** The shape of an environment. TypeScript checks it where people write; this checks it where the program runs. */
export const environmentSchema = z.strictObject({
  name: dnsLabel.max(20, 'at most 20 characters, so that the names made of it stay within the limits of AWS'),
  cluster,
  aws: account.optional(),
  state,
  namespaces: z.strictObject({
    monitoring: dnsLabel,
    agents: dnsLabel,
    application: z.array(dnsLabel).min(1, 'at least one namespace'),
  }),
  network: z.strictObject({
    nodeCidrs: cidrs,
    apiServerCidrs: cidrs,
    apiServerPort: port.optional(),
    awsEndpointCidrs: cidrs.optional(),
  }),
  applications: z
    .array(z.strictObject({ name: dnsLabel, metricsPort: port, logContainers: z.string().optional() }))
    .min(1, 'at least one service'),
  scrape,
  prometheus: z.strictObject({
    volume,
    retentionDays: wholePositive,
    retentionSizeGiB: positive.optional(),
    scrapeIntervalSeconds: wholePositive.optional(),
    resources,
    applicationSampleLimit: wholePositive.optional(),
  }),
  alertmanager: z.strictObject({ replicas: z.literal([1, 2]), volume, resources, receivers }),
  grafana,
  logs: z.strictObject({ retentionDays: wholePositive, bufferMiB: wholePositive.optional(), resources }),
  jaeger: z.strictObject({ storage: jaegerStorage, resources }),
  collector: z.strictObject({ replicas: wholePositive, resources, vendors: vendors.optional() }),
  xray: z.strictObject({ resources }).optional(),
  postgresExporter: z
    .strictObject({
      host: z.string().min(1),
      port: port.optional(),
      database: z.string().min(1).optional(),
      user: z.string().min(1),
      password: secretRef,
      sslMode: z.enum(['disable', 'require', 'verify-ca', 'verify-full']).optional(),
      cidrs,
      resources,
    })
    .optional(),
  autoscaling: z
    .strictObject({
      deployment: objectName,
      namespace: dnsLabel,
      minReplicas: wholePositive,
      maxReplicas: wholePositive,
    })
    .optional(),
  thresholds: thresholdsSchema,
  links: z.strictObject({ runbooks: httpUrl, grafana: httpUrl }),
  tags: z.record(
    z
      .string()
      .min(1)
      .max(128)
      // A tag of the stack's own would be overwritten, and the budget counts by it.
      .regex(
        /^(?!(Project|Environment|ManagedBy)$|aws:)/i,
        'a key other than Project, Environment, ManagedBy and aws:*',
      ),
    z.string().max(256),
  ),
}) satisfies z.ZodType<Environment>;
