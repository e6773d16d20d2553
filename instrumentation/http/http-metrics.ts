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

/** What a service counts of its requests. */
export interface HttpMetrics {
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
      return { begun: nothing, ended: nothing, answered: nothing };
  }
}
