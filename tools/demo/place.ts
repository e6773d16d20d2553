/**
 * Where the programs of a stack run when no Kubernetes runs them: loopback ports of this machine, or containers of one
 * network.
 */
export interface Place {
  /** What `node` says of each target. */
  readonly node: string;
  /**
   * The address at which others reach a port of a component.
   *
   * @param port number that the port has in the pod
   * @returns `undefined` if the component does not run there
   */
  component(name: string, port: number): HostPort | undefined;
  /** The address of an application's metrics; `undefined` if it does not run there. */
  application(name: string): HostPort | undefined;
  /**
   * Where the metrics of containers are that a kubelet and kube-state-metrics would have, over plain HTTP.
   *
   * @default - nobody has them
   */
  readonly containers?: HostPort;
}

/** A host and a port of it. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port`. */
export function hostPort({ host, port }: HostPort): string {
  return `${host}:${String(port)}`;
}
