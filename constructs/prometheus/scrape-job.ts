import type { Component, Connection } from '../kubernetes/component';
import type { ScrapeConfig } from './scrape-config';

/** A scrape job with what the network graph, the permissions and the checks must know of it. */
export interface ScrapeJob {
  /** Value of the label `job`; unique. */
  readonly name: string;
  readonly kind: ScrapeJobKind;
  /** What stands in prometheus.yml. */
  readonly config: ScrapeConfig;
  /** Whom Prometheus must reach for it. */
  readonly reaches: readonly Connection[];
  /** What it is meant to find. */
  readonly selects: Selection;
  /** Labels that each of its series has from its target. */
  readonly targetLabels: readonly string[];
}

/** Which factory made a job. */
export type ScrapeJobKind =
  | 'application-pods'
  | 'annotated-pods'
  | 'services'
  | 'kubelet'
  | 'cadvisor'
  | 'api-server'
  | 'static'
  | 'probes'
  | 'federation'
  | 'component';

/** What a job is meant to find; compared with what is there before anything is written. */
export type Selection =
  | {
      readonly kind: 'pods';
      readonly namespaces: readonly string[];
      readonly labels: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'services';
      readonly namespaces: readonly string[];
      readonly labels: Readonly<Record<string, string>>;
      readonly port: string;
    }
  | {
      readonly kind: 'component';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly port: string;
    }
  | { readonly kind: 'nodes' }
  | { readonly kind: 'api-server' }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] };

/** What a scrape job needs to know of a component. */
export type ScrapedComponent = Pick<
  Component,
  'name' | 'namespace' | 'ports' | 'metrics' | 'podLabels' | 'hostNetwork'
>;
