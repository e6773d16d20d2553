import type { ServerResponse } from 'node:http';
import { startHttpServer, type HttpServer } from '../../tools/processes/http-server';
import type { DiscoveredTarget } from '../support/prometheus-here';

/** Writes the answer to one scrape. */
export type ScrapeAnswer = (scrape: number, answer: ServerResponse) => void;

/** A pod that is scraped. */
export interface ScrapedTarget extends HttpServer {
  /** Scrapes that came in. */
  readonly scrapes: () => number;
}

/** Name of the counter that {@link countingAnswer} shows. */
export const SCRAPES = 'fault_scrapes_total';

/** Shows the number of the scrape itself, so that what is stored tells which scrapes are missing. */
export const countingAnswer: ScrapeAnswer = (scrape, answer) => {
  answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  answer.end(`# TYPE ${SCRAPES} counter\n${SCRAPES} ${String(scrape)}\n`);
};

/**
 * Starts a pod.
 *
 * @param host an address of 127.0.0.0/8: each pod of a job has its own, since all have one port
 * @param port 0 takes any that is free
 */
export async function startTarget(
  answer: ScrapeAnswer,
  host = '127.0.0.1',
  port = 0,
): Promise<ScrapedTarget> {
  let scrapes = 0;
  const server = await startHttpServer(
    (_request, response) => {
      scrapes += 1;
      answer(scrapes, response);
    },
    { host, port },
  );
  return { ...server, scrapes: () => scrapes };
}

/** A pod of the application as discovery describes it. */
export function applicationPod(service: string, host = '127.0.0.1', pod = `${service}-0`): DiscoveredTarget {
  return {
    address: host,
    labels: {
      __meta_kubernetes_namespace: 'dev',
      __meta_kubernetes_pod_name: pod,
      __meta_kubernetes_pod_node_name: 'node-a',
      __meta_kubernetes_pod_label_app: service,
      __meta_kubernetes_pod_phase: 'Running',
      __meta_kubernetes_pod_ip: host,
    },
  };
}
