import { modelCall, stage, startTelemetry, vectorSearch } from '../../instrumentation';
import { keptLines, PRICES, ragTelemetry, seriesValue } from './support';

const CALL = { provider: 'fake', model: 'small' };
const ANSWER = { usage: { ...CALL, inputTokens: 10, outputTokens: 5 } };

const failure = (outcome: string) => Object.assign(new Error('text'), { outcome });

describe('a call to a model', () => {
  it('is counted by outcome, as the error tells it', async () => {
    const telemetry = ragTelemetry({ known: { models: [CALL] } });
    await modelCall(telemetry, CALL, () => Promise.resolve(ANSWER));
    for (const outcome of ['timeout', 'rate_limited', 'error', 'unheard-of', 'success']) {
      await expect(modelCall(telemetry, CALL, () => Promise.reject(failure(outcome)))).rejects.toThrow(
        'text',
      );
    }
    const count = (outcome: string) => seriesValue(telemetry, 'rag_llm_requests_total', { ...CALL, outcome });
    expect(await count('success')).toBe(1);
    expect(await count('timeout')).toBe(1);
    expect(await count('rate_limited')).toBe(1);
    expect(await count('error')).toBe(3);
    expect(await seriesValue(telemetry, 'rag_llm_duration_seconds_count', CALL)).toBe(6);
  });

  it('has a time to the first token where it streams, that of the first piece', async () => {
    const telemetry = ragTelemetry({ known: { models: [CALL] } });
    await modelCall(telemetry, CALL, () => Promise.resolve(ANSWER));
    expect(await seriesValue(telemetry, 'rag_llm_time_to_first_token_seconds_count', CALL)).toBe(0);
    await modelCall(telemetry, CALL, async (firstToken) => {
      firstToken();
      await new Promise((resolve) => setTimeout(resolve, 60));
      firstToken();
      return ANSWER;
    });
    expect(await seriesValue(telemetry, 'rag_llm_time_to_first_token_seconds_count', CALL)).toBe(1);
    expect(await seriesValue(telemetry, 'rag_llm_time_to_first_token_seconds_sum', CALL)).toBeLessThan(0.05);
  });

  it('for embeddings costs, and is no call to a language model', async () => {
    const telemetry = ragTelemetry();
    const embed = { provider: 'fake', model: 'embedder', operation: 'embeddings' } as const;
    await modelCall(telemetry, embed, () => Promise.resolve({ usage: { ...embed, inputTokens: 2e6 } }));
    const cost = { service: 'embeddings', model: 'embedder' };
    expect(await seriesValue(telemetry, 'rag_cost_dollars_total', cost)).toBe(1);
    expect(await seriesValue(telemetry, 'rag_llm_requests_total', { model: 'embedder' })).toBeUndefined();
    expect(await seriesValue(telemetry, 'rag_llm_tokens_total', { model: 'embedder' })).toBeUndefined();
  });

  it('of the agent is counted among its own', async () => {
    const options = {
      version: '1',
      environment: 'test',
      prices: PRICES,
      destination: keptLines().destination,
    };
    const telemetry = startTelemetry({ ...options, service: 'agent-api' });
    await modelCall(telemetry, CALL, () => Promise.resolve(ANSWER));
    expect(await seriesValue(telemetry, 'agent_llm_requests_total', { ...CALL, outcome: 'success' })).toBe(1);
    expect(await seriesValue(telemetry, 'agent_llm_duration_seconds_count', CALL)).toBe(1);
  });
});

describe('a stage', () => {
  it('is timed whether it fails or not', async () => {
    const telemetry = ragTelemetry();
    await expect(stage(telemetry, 'rerank', {}, () => Promise.resolve(7))).resolves.toBe(7);
    await expect(stage(telemetry, 'rerank', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await seriesValue(telemetry, 'rag_stage_duration_seconds_count', { stage: 'rerank' })).toBe(2);
    expect(await seriesValue(telemetry, 'rag_stage_duration_seconds_count', { stage: 'embed' })).toBe(0);
  });
});

describe('a search', () => {
  const search = async (run: () => Promise<{ readonly scores: readonly number[] }>) => {
    const telemetry = ragTelemetry({ known: { indexes: ['docs'] } });
    await vectorSearch(telemetry, { index: 'docs' }, run).catch(() => undefined);
    const value = (name: string, labels = {}) => seriesValue(telemetry, name, { index: 'docs', ...labels });
    return {
      results: await Promise.all(
        ['hit', 'empty', 'error'].map((result) => value('rag_retrievals_total', { result })),
      ),
      searches: await value('rag_vector_search_duration_seconds_count'),
      documents: [await value('rag_retrieval_documents_count'), await value('rag_retrieval_documents_sum')],
      best: [await value('rag_retrieval_top_score_count'), await value('rag_retrieval_top_score_sum')],
    };
  };

  it('that finds documents is a hit with its best score', async () => {
    expect(await search(() => Promise.resolve({ scores: [0.4, 0.75] }))).toEqual({
      results: [1, 0, 0],
      searches: 1,
      documents: [1, 2],
      best: [1, 0.75],
    });
  });

  it('that finds nothing is empty and has no best score', async () => {
    expect(await search(() => Promise.resolve({ scores: [] }))).toEqual({
      results: [0, 1, 0],
      searches: 1,
      documents: [1, 0],
      best: [0, 0],
    });
  });

  it('that fails is an error and has a time', async () => {
    expect(await search(() => Promise.reject(new Error('away')))).toEqual({
      results: [0, 0, 1],
      searches: 1,
      documents: [0, 0],
      best: [0, 0],
    });
  });
});
