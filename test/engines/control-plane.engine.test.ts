import { CONTROL_PLANE_ENGINES, NODE_NAME, hasCondition, startControlPlane } from '../support/control-plane';
import type { ControlPlane } from '../support/control-plane';
import { describeWithEngines } from '../support/engines';
import { waitForAnswer } from '../support/kubernetes-client';

const START_TIMEOUT_MS = 120_000;

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'example.org/web:1' }] },
    },
  },
};

describeWithEngines(CONTROL_PLANE_ENGINES, 'the control plane for tests', (engines) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane(engines);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await plane.stop();
  });

  it('rolls a Deployment out on the simulated node', async () => {
    const path = '/apis/apps/v1/namespaces/default/deployments';
    const created = await plane.client({ method: 'POST', path, body: DEPLOYMENT });
    expect(created.status).toBe(201);

    const rolledOut = await waitForAnswer(
      plane.client,
      `${path}/web`,
      ({ body }) =>
        hasCondition(body, 'Available') &&
        (body as { status: { readyReplicas?: number } }).status.readyReplicas === 2,
    );
    expect(rolledOut.body).toMatchObject({ status: { replicas: 2, updatedReplicas: 2 } });

    const pods = await plane.client({
      method: 'GET',
      path: '/api/v1/namespaces/default/pods?labelSelector=app%3Dweb',
    });
    const running = { spec: { nodeName: NODE_NAME }, status: { phase: 'Running' } };
    expect(pods.body).toMatchObject({ items: [running, running] });
  }, 60_000);

  it('applies an object on the server, and again without a conflict', async () => {
    const path = '/api/v1/namespaces/default/configmaps/settings?fieldManager=test';
    const body = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { level: 'info' },
    };

    expect((await plane.client({ method: 'PATCH', path, body })).status).toBe(201);
    expect((await plane.client({ method: 'PATCH', path, body })).status).toBe(200);
  });

  it('asks RBAC about everyone but the administrator', async () => {
    const account = 'system:serviceaccount:default:default';
    const path = '/api/v1/namespaces/default/pods';

    expect((await plane.client({ method: 'GET', path })).status).toBe(200);
    expect((await plane.client({ method: 'GET', path, as: account })).status).toBe(403);
  });

  it('issues tokens for service accounts that it believes itself', async () => {
    const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const issued = await plane.client({ method: 'POST', path, body: request });
    const { token } = (issued.body as { status: { token: string } }).status;

    const review = await plane.client({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/tokenreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } },
    });
    expect(review.body).toMatchObject({
      status: { authenticated: true, user: { username: 'system:serviceaccount:default:default' } },
    });
  });

  it('refuses a privileged pod in a restricted namespace', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'restricted', labels } };
    await plane.client({ method: 'POST', path: '/api/v1/namespaces', body: namespace });
    await waitForAnswer(
      plane.client,
      '/api/v1/namespaces/restricted/serviceaccounts/default',
      ({ status }) => status === 200,
    );

    const refused = await plane.client({
      method: 'POST',
      path: '/api/v1/namespaces/restricted/pods',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'root' },
        spec: {
          containers: [{ name: 'root', image: 'example.org/root:1', securityContext: { privileged: true } }],
        },
      },
    });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      message: expect.stringContaining('violates PodSecurity "restricted') as string,
    });
  });
});
