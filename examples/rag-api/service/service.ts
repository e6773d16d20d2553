import type { FastifyInstance } from 'fastify';
import type { ServiceTelemetry } from '../../../instrumentation';

/** Why a caller is not let in. */
export type AuthFailure = 'missing_credentials' | 'invalid_token';

/** One of the services, without its HTTP server. */
export interface Service {
  readonly telemetry: ServiceTelemetry;
  /** Whether it can work. */
  readonly isReady: () => boolean;
  /** Adds its routes. */
  readonly routes: (server: FastifyInstance) => void;
  /**
   * Called when a caller is not let in.
   * @default - nobody counts
   */
  readonly onUnauthorised?: (reason: AuthFailure) => void;
  /** Ends what runs beside requests, once no more of them come. */
  readonly stop: () => Promise<void>;
}
