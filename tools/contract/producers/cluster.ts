import { create } from '../../../test/support/cluster-objects';
import { NODE_NAME } from '../../../test/support/control-plane';
import { eventually } from '../../../test/support/eventually';
import type { KubernetesClient } from '../../../test/support/kubernetes-client';
import { provideStorage } from '../../../test/support/storage';

const NAMESPACE = 'default';

const CORE = `/api/v1/namespaces/${NAMESPACE}`;
const IN_NAMESPACE = (group: string) => `/apis/${group}/namespaces/${NAMESPACE}`;

const CONTAINER = {
  name: 'web',
  image: 'example.org/web:1',
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '20m', memory: '32Mi' } },
};

/** Where no node has the label, a pod waits for ever, and its status is what a test says. */
const NOWHERE = { nodeSelector: { 'example.org/nowhere': 'true' } };

const CLAIM = {
  accessModes: ['ReadWriteOnce'],
  storageClassName: 'disk',
  resources: { requests: { storage: '1Gi' } },
};

function podsLabelled(app: string) {
  return { selector: { matchLabels: { app } }, labels: { app } };
}

const WORKLOADS: readonly (readonly [collection: string, body: object])[] = [
  [`${CORE}/resourcequotas`, { metadata: { name: 'quota' }, spec: { hard: { pods: '100' } } }],
  [
    `${IN_NAMESPACE('apps/v1')}/deployments`,
    {
      metadata: { name: 'web' },
      spec: {
        selector: podsLabelled('web').selector,
        template: {
          metadata: { labels: podsLabelled('web').labels },
          spec: { initContainers: [{ ...CONTAINER, name: 'prepare' }], containers: [CONTAINER] },
        },
      },
    },
  ],
  [
    `${IN_NAMESPACE('apps/v1')}/daemonsets`,
    {
      metadata: { name: 'agent' },
      spec: {
        selector: podsLabelled('agent').selector,
        template: { metadata: { labels: podsLabelled('agent').labels }, spec: { containers: [CONTAINER] } },
      },
    },
  ],
  [
    `${IN_NAMESPACE('apps/v1')}/statefulsets`,
    {
      metadata: { name: 'store' },
      spec: {
        serviceName: 'store',
        selector: podsLabelled('store').selector,
        template: {
          metadata: { labels: podsLabelled('store').labels },
          spec: { containers: [{ ...CONTAINER, volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
        },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: CLAIM }],
      },
    },
  ],
  [
    `${IN_NAMESPACE('autoscaling/v2')}/horizontalpodautoscalers`,
    {
      metadata: { name: 'web' },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
          },
        ],
      },
    },
  ],
  [
    `${IN_NAMESPACE('policy/v1')}/poddisruptionbudgets`,
    { metadata: { name: 'web' }, spec: { minAvailable: 1, selector: podsLabelled('web').selector } },
  ],
  ...batch(),
  [`${CORE}/pods`, { metadata: { name: 'crashing' }, spec: { ...NOWHERE, containers: [CONTAINER] } }],
  [`${CORE}/pods`, { metadata: { name: 'evicted' }, spec: { ...NOWHERE, containers: [CONTAINER] } }],
];

/** A Job that ends well, one that runs out of time, and a CronJob. */
function batch(): readonly (readonly [collection: string, body: object])[] {
  const job = (more: object) => ({
    template: { spec: { restartPolicy: 'Never', containers: [CONTAINER], ...more } },
  });
  const jobs = `${IN_NAMESPACE('batch/v1')}/jobs`;
  return [
    [jobs, { metadata: { name: 'done' }, spec: job({}) }],
    [jobs, { metadata: { name: 'late' }, spec: { ...job(NOWHERE), activeDeadlineSeconds: 1 } }],
    [
      `${IN_NAMESPACE('batch/v1')}/cronjobs`,
      { metadata: { name: 'tidy' }, spec: { schedule: '0 3 * * 0', jobTemplate: { spec: job({}) } } },
    ],
  ];
}

const LONG_AGO = '2026-01-01T00:00:00Z';

/** A container's status; `state` and `lastState` as the API has them. */
function containerStatus(state: object, lastState: object = {}) {
  return {
    name: CONTAINER.name,
    image: CONTAINER.image,
    imageID: '',
    ready: false,
    restartCount: 3,
    state,
    lastState,
  };
}

/** States that no controller brings about here: the kubelet would, or time. */
const STATUSES: readonly (readonly [path: string, body: object])[] = [
  [
    `${CORE}/pods/crashing/status`,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      status: {
        containerStatuses: [
          containerStatus(
            { waiting: { reason: 'CrashLoopBackOff' } },
            { terminated: { reason: 'OOMKilled', exitCode: 137, startedAt: LONG_AGO, finishedAt: LONG_AGO } },
          ),
        ],
      },
    },
  ],
  [
    `${CORE}/pods/evicted/status`,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        startTime: LONG_AGO,
        containerStatuses: [
          containerStatus({
            terminated: { reason: 'Error', exitCode: 1, startedAt: LONG_AGO, finishedAt: LONG_AGO },
          }),
        ],
      },
    },
  ],
  [
    `${IN_NAMESPACE('autoscaling/v2')}/horizontalpodautoscalers/web/status`,
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      status: { conditions: [{ type: 'ScalingActive', status: 'False' }] },
    },
  ],
  [
    `${IN_NAMESPACE('batch/v1')}/cronjobs/tidy/status`,
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      status: { lastScheduleTime: LONG_AGO, lastSuccessfulTime: LONG_AGO },
    },
  ],
  [
    `/api/v1/nodes/${NODE_NAME}`,
    {
      apiVersion: 'v1',
      kind: 'Node',
      spec: { taints: [{ key: 'example.org/last', value: 'true', effect: 'PreferNoSchedule' }] },
    },
  ],
];

async function applied(client: KubernetesClient, path: string, body: object): Promise<void> {
  const answer = await client({ method: 'PATCH', path: `${path}?fieldManager=contract&force=true`, body });
  if (answer.status !== 200)
    throw new Error(`${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
}

/** Fills a control plane with an object of every kind that kube-state-metrics tells of, in good states and bad ones. */
export async function populate(client: KubernetesClient): Promise<void> {
  await provideStorage(client, [CLAIM]);
  for (const [collection, body] of WORKLOADS) await create(client, collection, body);
  for (const [path, body] of STATUSES) await applied(client, path, body);
}

/** Lets an admission webhook that does not answer refuse an object; a new configuration takes a moment to count. */
export async function failAtWebhook(client: KubernetesClient): Promise<void> {
  await create(client, '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', {
    metadata: { name: 'silent' },
    webhooks: [
      {
        name: 'silent.example.org',
        clientConfig: { url: 'https://127.0.0.1:1/' },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
        failurePolicy: 'Fail',
        sideEffects: 'None',
        timeoutSeconds: 1,
        admissionReviewVersions: ['v1'],
      },
    ],
  });
  let attempts = 0;
  await eventually(
    'a refusal by the webhook',
    async () => {
      const body = { metadata: { name: `asked-${String(attempts++)}` } };
      return (await client({ method: 'POST', path: `${CORE}/configmaps`, body })).status;
    },
    (status) => status === 500,
  );
}
