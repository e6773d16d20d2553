/** How Terraform reaches the cluster: an EKS cluster by `aws eks get-token`, or a context of a kubeconfig file. */
export type ClusterAccess =
  | {
      readonly kind: 'eks';
      /** Name of an existing EKS cluster in `aws.region`. */
      readonly name: string;
      /**
       * How pods get AWS credentials: EKS Pod Identity (needs the add-on eks-pod-identity-agent) or IAM roles for service accounts.
       * @default 'pod-identity'
       */
      readonly identity?: 'pod-identity' | 'irsa';
    }
  | {
      readonly kind: 'kubeconfig';
      /** Context to use, such as `kind-rag` or `minikube`. */
      readonly context: string;
      /**
       * Path of the kubeconfig file.
       * @default '~/.kube/config'
       */
      readonly path?: string;
    };

/** An AWS account and region. */
export interface AwsAccount {
  /** Twelve digits. Terraform refuses to work in any other account. */
  readonly accountId: string;
  /**
   * Region of the cluster, topics, logs and alarms.
   * @default 'ap-southeast-2'
   */
  readonly region?: string;
  /** Who is told by SNS, apart from Alertmanager's own receivers. */
  readonly subscriptions: readonly TopicSubscription[];
  /**
   * Monthly limit of the account's cost that carries the stack's `Project` tag, in USD.
   * @default - no budget
   */
  readonly monthlyBudgetDollars?: number;
  /**
   * Cost anomalies of at least this impact in USD are reported.
   * @default 20
   */
  readonly costAnomalyImpactDollars?: number;
  /**
   * Also deploy the CloudWatch agent with its role.
   * @default false
   */
  readonly cloudWatchAgent?: boolean;
  /**
   * Also create a CloudWatch dashboard of the stack's AWS metrics.
   * @default false
   */
  readonly cloudWatchDashboard?: boolean;
}

/** One subscriber of the alert topic. */
export interface TopicSubscription {
  /** `email` stays pending until the person confirms. */
  readonly protocol: 'email' | 'https' | 'sqs' | 'lambda';
  /** E-mail address, https URL, or the ARN of a queue or function. */
  readonly endpoint: string;
  /**
   * Severities to deliver.
   * @default - every message
   */
  readonly severities?: readonly Severity[];
}

/** What an alert asks for: critical pages a person, warning is a ticket, info is for the screen. */
export type Severity = 'critical' | 'warning' | 'info';

/** Where Terraform keeps state. */
export type StateBackend =
  | {
      readonly kind: 's3';
      /** Bucket that exists already, with versioning. */
      readonly bucket: string;
      /**
       * Region of the bucket.
       * @default - the region of `aws`
       */
      readonly region?: string;
      /**
       * KMS key ARN for the state object.
       * @default - the bucket's own encryption
       */
      readonly kmsKeyId?: string;
    }
  | {
      readonly kind: 'local';
      /** Path from the repository's root; relative, so that the output is the same in every folder. */
      readonly path: string;
    };

/** Names of namespaces. */
export interface Namespaces {
  /** Programs that need nothing of the host; Pod Security level restricted. */
  readonly monitoring: string;
  /** Programs that read the host (logs, node metrics); Pod Security level privileged. */
  readonly agents: string;
  /** Namespaces of the watched application. They exist already. */
  readonly application: readonly string[];
}

/** Addresses of the cluster, in CIDR notation. */
export interface ClusterNetwork {
  /** Subnets of the nodes: kubelets, and load balancers' and kubelets' probes come from there. */
  readonly nodeCidrs: readonly string[];
  /** Addresses of the API server as a pod sees them after service translation. */
  readonly apiServerCidrs: readonly string[];
  /**
   * Port of the API server behind its Service.
   * @default 443
   */
  readonly apiServerPort?: number;
  /**
   * Addresses of AWS endpoints, such as the subnets of VPC endpoints.
   * @default - any address on port 443, without the metadata service
   */
  readonly awsEndpointCidrs?: readonly string[];
}
