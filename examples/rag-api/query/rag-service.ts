import { startTelemetry } from '../../../instrumentation';
import { Database } from '../database/pool';
import { TimedDatabase } from '../database/timed';
import { EMBEDDING_MODEL, MODELS } from '../model/models';
import { PretendedProvider } from '../model/provider';
import { randomFor } from '../random';
import { INDEX, knowledgeBase, readDocuments } from '../retrieval/knowledge-base';
import type { Faults } from '../service/faults';
import type { Service } from '../service/service';
import { telemetryOptions } from '../service/telemetry-options';
import type { Settings } from '../service/settings';
import { QueryCaches } from './caches';
import { PROMPT_VERSION } from './generate';
import { QueryPipeline } from './pipeline';
import { Refusals } from './refusals';
import { Retriever } from './retriever';
import { queryRoutes } from './routes';
import { countStorageCost } from './storage-cost';

/** Connections of one process to its database. */
const POOL_SIZE = 20;

/** The RAG service: questions, votes and the index. */
export function ragService(settings: Settings, faults: Faults): Service {
  const { seed, latencyFactor, evaluatedShare, cacheSeconds } = settings;
  const random = (part: string) => randomFor(seed, part);
  const knowledge = knowledgeBase(readDocuments());
  const telemetry = startTelemetry({
    ...telemetryOptions(settings),
    service: 'rag-api',
    model: MODELS.primary.model,
    promptVersion: PROMPT_VERSION,
    known: {
      domains: knowledge.domains,
      indexes: [INDEX],
      models: [...Object.values(MODELS), { ...EMBEDDING_MODEL, operation: 'embeddings' }],
    },
  });
  telemetry.rag.indexLastSuccessTimestamp.set({ index: INDEX }, Date.now() / 1000);
  const pool = new Database({ size: POOL_SIZE, milliseconds: 2 * latencyFactor, random: random('database') });
  const database = new TimedDatabase(telemetry, pool);
  const { embedder } = knowledge;
  const provider = new PretendedProvider({ embedder, faults, latencyFactor, random: random('provider') });
  const common = { telemetry, knowledge, database, faults, latencyFactor };
  const retriever = new Retriever({ ...common, random: random('retriever') });
  const caches = new QueryCaches(telemetry, faults, random('caches'), cacheSeconds);
  const pipeline = new QueryPipeline({
    ...common,
    retriever,
    provider,
    caches,
    evaluatedShare,
    random: random('pipeline'),
  });
  const refusals = new Refusals(telemetry);
  const stopCosts = countStorageCost(telemetry, knowledge.index);
  return {
    telemetry,
    isReady: () => knowledge.index.size > 0,
    routes: (server) => {
      queryRoutes(server, { ...common, pipeline, refusals, random: random('routes') });
    },
    onUnauthorised: (reason) => {
      telemetry.rag.authFailures.inc({ reason });
    },
    stop: () => {
      stopCosts();
      return Promise.resolve();
    },
  };
}
