import type { ServiceTelemetry } from '../telemetry';
import { failureKind } from './failure-kind';
import type { Method } from './route';

/** A request that was answered. */
export interface AnsweredRequest {
  readonly method: Method;
  readonly endpoint: string;
  readonly status: number;
  readonly seconds: number;
  /** The trace that the request is in, where it is kept. @default - none */
  readonly traceId?: string;
}

/** Status and kind of a request whose handler failed. */
const FAILED = { status: '500', type: 'internal' } as const;

/** What a service counts of its requests. */
export interface HttpMetrics {
  /** A route is there: its failures start at 0, as an increase is seen only from the second sample on. */
  registered(route: Pick<AnsweredRequest, 'method' | 'endpoint'>): void;
  begun(): void;
  /** Answered or broken off. */
  ended(): void;
  answered(request: AnsweredRequest): void;
}

/** The HTTP metrics of a service; the agent service has none in the contract. */
export function httpMetrics(telemetry: ServiceTelemetry): HttpMetrics {
  const nothing = () => undefined;
  switch (telemetry.service) {
    case 'rag-api': {
      const { requests, requestDuration, activeRequests, errors } = telemetry.rag;
      return {
        registered: ({ method, endpoint }) => {
          requests.inc({ method, endpoint, status: FAILED.status }, 0);
          errors.inc({ type: FAILED.type, endpoint }, 0);
        },
        begun: () => {
          activeRequests.inc({});
        },
        ended: () => {
          activeRequests.inc({}, -1);
        },
        answered: ({ method, endpoint, status, seconds, traceId }) => {
          requests.inc({ method, endpoint, status: String(status) });
          requestDuration.observe({ method, endpoint }, seconds, traceId);
          const type = failureKind(status);
          if (type !== undefined) errors.inc({ type, endpoint });
        },
      };
    }
    case 'upload-pipeline': {
      const { requests, requestDuration, errors } = telemetry.upload;
      return {
        registered: ({ method, endpoint }) => {
          requests.inc({ method, endpoint, status: FAILED.status }, 0);
          errors.inc({ type: FAILED.type }, 0);
        },
        begun: nothing,
        ended: nothing,
        answered: ({ method, endpoint, status, seconds, traceId }) => {
          requests.inc({ method, endpoint, status: String(status) });
          requestDuration.observe({ method, endpoint }, seconds, traceId);
          const type = failureKind(status);
          if (type !== undefined) errors.inc({ type });
        },
      };
    }
    case 'agent-api':
      return { registered: nothing, begun: nothing, ended: nothing, answered: nothing };
  }
}
