import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import { PART_OF } from './labels';

/** Pod Security levels (kubernetes.io/docs/concepts/security/pod-security-standards) that the stack uses. */
export type PodSecurityLevel = 'restricted' | 'privileged';

/** Props of {@link MonitoringNamespaces}. */
export interface MonitoringNamespacesProps {
  /** For everything that needs nothing of the host. */
  readonly monitoring: string;
  /** For what reads the host. */
  readonly agents: string;
}

/**
 * The two namespaces of the stack. Admission enforces the level; `warn` and `audit` say it to the person who applies
 * a pod by hand.
 */
export class MonitoringNamespaces extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringNamespacesProps) {
    super(scope, id);
    this.add('Monitoring', props.monitoring, 'restricted');
    this.add('Agents', props.agents, 'privileged');
  }

  private add(id: string, name: string, level: PodSecurityLevel): void {
    const namespace = new NamespaceV1(this, id, {
      metadata: {
        name,
        labels: {
          'app.kubernetes.io/part-of': PART_OF,
          'app.kubernetes.io/managed-by': 'terraform',
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/warn': level,
          'pod-security.kubernetes.io/audit': level,
        },
      },
    });
    // A name that a person can type: Secrets must be in the namespace before the first pods start, so that it is the
    // one resource that people apply alone (README, "Secrets").
    namespace.overrideLogicalId(id.toLowerCase());
  }
}
