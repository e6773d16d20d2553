import { BUCKETS } from './buckets';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';

/** The process and its database. */
export function ragProcessMetrics(make: MetricMaker) {
  return {
    buildInfo: make.gauge(
      'rag_build_info',
      'Always 1; the labels say what runs.',
      { version: bounded(1), model: bounded(1), prompt_version: bounded(1) },
      { start: 'absent' },
    ),
    dbConnections: make.gauge('rag_db_connections', 'Connections in the pool of one process, by state.', {
      state: ['active', 'idle'],
    }),
    dbConnectionsMax: make.gauge(
      'rag_db_connections_max',
      'Connections that the pool of one process may hold.',
      {},
      { start: 'absent' },
    ),
    dbQueryDuration: make.histogram(
      'rag_db_query_duration_seconds',
      'Time of one database query as the service waits for it, a free connection included.',
      { operation: ['select', 'insert', 'update', 'delete', 'other'] },
      { buckets: BUCKETS.latency },
    ),
  };
}
