import { modelCall, monitoredQuery } from '../../instrumentation';
import type { ModelUsage } from '../../instrumentation';
import { ragTelemetry, seriesValue } from './support';

const DOMAIN = { domain: 'support' };
const USAGE = { provider: 'fake', model: 'small', inputTokens: 1000, outputTokens: 500 };
const usage = (more: Partial<ModelUsage> = {}): ModelUsage => ({ ...USAGE, ...more });

/** An error as a client of a provider throws it. */
class ProviderError extends Error {
  constructor(
    readonly outcome: 'timeout' | 'rate_limited' | 'error',
    readonly usage?: ModelUsage,
  ) {
    super('the question was: who is Lovelace?');
  }
}

describe('a monitored query', () => {
  it('returns what it was given, and counts success, time, tokens and cost by the returned usage', async () => {
    const telemetry = ragTelemetry({ known: { domains: ['support'] } });
    const outcome = { usage: [usage(), usage({ cacheReadTokens: 1000 })], text: 'yes' };
    await expect(monitoredQuery(telemetry, DOMAIN, () => Promise.resolve(outcome))).resolves.toBe(outcome);
    const value = (name: string, labels = {}) => seriesValue(telemetry, name, labels);
    expect(await value('rag_queries_total', { status: 'success', domain: 'support' })).toBe(1);
    expect(await value('rag_queries_total', { status: 'error', domain: 'support' })).toBe(0);
    expect(await value('rag_query_duration_seconds_count')).toBe(1);
    expect(await value('rag_llm_tokens_total', { type: 'input', model: 'small' })).toBe(2000);
    expect(await value('rag_llm_tokens_total', { type: 'output', model: 'small' })).toBe(1000);
    expect(await value('rag_llm_tokens_total', { type: 'cache_read', model: 'small' })).toBe(1000);
    expect(await value('rag_cost_dollars_total', { service: 'llm', model: 'small' })).toBeCloseTo(0.0041, 10);
    expect(await value('rag_cost_per_query_dollars_sum')).toBeCloseTo(0.0041, 10);
  });

  it('counts scores by evaluator, with the verdict of the limit that was set', async () => {
    const telemetry = ragTelemetry({ passScores: { relevance: 0.9 } });
    const scores = { relevance: 0.8, contextPrecision: 0.6, groundedness: 0.1 };
    await monitoredQuery(telemetry, DOMAIN, () => Promise.resolve({ usage: [], ...scores }));
    const verdicts = async (evaluator: string) => [
      await seriesValue(telemetry, 'rag_eval_verdicts_total', { evaluator, verdict: 'pass' }),
      await seriesValue(telemetry, 'rag_eval_verdicts_total', { evaluator, verdict: 'fail' }),
    ];
    expect(await verdicts('relevance')).toEqual([0, 1]);
    expect(await verdicts('context_precision')).toEqual([1, 0]);
    expect(await verdicts('groundedness')).toEqual([0, 1]);
    expect(await seriesValue(telemetry, 'rag_eval_score_sum', { evaluator: 'relevance' })).toBe(0.8);
  });

  it('does not count a score that is none', async () => {
    const telemetry = ragTelemetry();
    await monitoredQuery(telemetry, DOMAIN, () => Promise.resolve({ usage: [], relevance: NaN }));
    expect(await seriesValue(telemetry, 'rag_eval_score_count', { evaluator: 'relevance' })).toBe(0);
    expect(telemetry.kept.text()).toContain('a score outside 0 to 1 is not counted');
  });

  it('counts a call once that tells its usage by itself and by the query, and every attempt that is billed', async () => {
    const telemetry = ragTelemetry();
    const call = { provider: 'fake', model: 'small' };
    await monitoredQuery(telemetry, DOMAIN, async () => {
      const failed = modelCall(telemetry, call, () => Promise.reject(new ProviderError('timeout', usage())));
      await expect(failed).rejects.toBeInstanceOf(ProviderError);
      const answer = await modelCall(telemetry, call, () => Promise.resolve({ usage: usage() }));
      return { usage: [answer.usage] };
    });
    expect(await seriesValue(telemetry, 'rag_llm_tokens_total', { type: 'input' })).toBe(2000);
    expect(await seriesValue(telemetry, 'rag_cost_per_query_dollars_sum')).toBeCloseTo(0.004, 10);
  });

  it('keeps the costs of queries apart that run at the same time', async () => {
    const telemetry = ragTelemetry();
    const query = (inputTokens: number) =>
      monitoredQuery(telemetry, DOMAIN, async () => {
        const call = { provider: 'fake', model: 'small' };
        await new Promise((resolve) => setTimeout(resolve, 5));
        const answer = await modelCall(telemetry, call, () =>
          Promise.resolve({ usage: usage({ inputTokens, outputTokens: 0 }) }),
        );
        return { usage: [answer.usage] };
      });
    await Promise.all([query(1000), query(3000)]);
    const costs = telemetry.kept.lines().map((line) => line['cost_dollars']);
    expect(costs.sort()).toEqual([0.001, 0.003]);
  });

  it('has no cost of 0 for a model without a price: its tokens are counted apart, and an error is logged', async () => {
    const telemetry = ragTelemetry();
    const unknown = usage({ model: 'unheard-of' });
    await monitoredQuery(telemetry, DOMAIN, () => Promise.resolve({ usage: [unknown] }));
    expect(await seriesValue(telemetry, 'rag_cost_unpriced_tokens_total', { model: 'unheard-of' })).toBe(
      1500,
    );
    expect(await seriesValue(telemetry, 'rag_cost_dollars_total', { model: 'unheard-of' })).toBeUndefined();
    const [fault, line] = telemetry.kept.lines();
    expect(fault).toMatchObject({ level: 'error', model: 'unheard-of', tokens: 1500 });
    expect(line).toMatchObject({ unpriced_tokens: 1500 });
  });

  it('can be seen from its first call on where the model is known to be used and has no price', async () => {
    const models = ['small', 'unheard-of'].map((model) => ({ provider: 'fake', model }));
    const telemetry = ragTelemetry({ known: { models } });
    const unpriced = (model: string) => seriesValue(telemetry, 'rag_cost_unpriced_tokens_total', { model });
    expect(await unpriced('unheard-of')).toBe(0);
    expect(await unpriced('small')).toBeUndefined();
    expect(telemetry.kept.lines()).toMatchObject([
      { level: 'error', provider: 'fake', model: 'unheard-of', message: 'the price table lacks this model' },
    ]);
  });

  it('is answered where a provider told no tokens, with an error line instead of a cost that is no number', async () => {
    const telemetry = ragTelemetry({ queryCost: { kind: 'emf' } });
    // What a provider answers is known at run time only.
    const untold = JSON.parse('{"provider":"fake","model":"small"}') as ModelUsage;
    const nothing = JSON.parse('{}') as { usage: ModelUsage };
    const call = { provider: 'fake', model: 'small' };
    await monitoredQuery(telemetry, DOMAIN, async () => {
      await modelCall(telemetry, call, () => Promise.resolve(nothing));
      return { usage: [untold, usage()] };
    });
    expect(await seriesValue(telemetry, 'rag_llm_requests_total', { outcome: 'success' })).toBe(1);
    expect(await seriesValue(telemetry, 'rag_cost_per_query_dollars_sum')).toBeCloseTo(0.002, 10);
    const [first, second, query] = telemetry.kept.lines();
    expect(first).toMatchObject({
      level: 'error',
      message: 'a call without a number of tokens is in no cost',
    });
    expect(second).toMatchObject({ level: 'error', provider: 'fake', model: 'small' });
    expect(query).toMatchObject({ message: 'query answered', QueryCost: 0.002, tokens: 1500 });
  });

  it('that fails is counted and timed, has a line without the text of its error, and throws what was thrown', async () => {
    const telemetry = ragTelemetry();
    const error = new ProviderError('rate_limited');
    await expect(monitoredQuery(telemetry, DOMAIN, () => Promise.reject(error))).rejects.toBe(error);
    expect(await seriesValue(telemetry, 'rag_queries_total', { status: 'error', domain: 'support' })).toBe(1);
    expect(await seriesValue(telemetry, 'rag_query_duration_seconds_count')).toBe(1);
    expect(telemetry.kept.lines()).toMatchObject([{ level: 'error', kind: 'rate_limited', cost_dollars: 0 }]);
    expect(telemetry.kept.text()).not.toContain('Lovelace');
  });

  it('writes one line with its cost as a number, as the metric filter of the log group reads it', async () => {
    const telemetry = ragTelemetry();
    const outcome = { usage: [usage()], retrievedDocuments: 4, cached: false };
    await monitoredQuery(telemetry, DOMAIN, () => Promise.resolve(outcome));
    const lines = telemetry.kept.lines();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      domain: 'support',
      cost_dollars: 0.002,
      tokens: 1500,
      retrieved_documents: 4,
      cached: false,
      message: 'query answered',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  it('does nothing but run where telemetry is off', async () => {
    const telemetry = ragTelemetry({ enabled: false });
    await expect(
      monitoredQuery(telemetry, DOMAIN, () => Promise.resolve({ usage: [usage()] })),
    ).resolves.toEqual({
      usage: [usage()],
    });
    expect(telemetry.kept.text()).toBe('');
    expect(telemetry.registry.getMetricsAsArray()).toEqual([]);
  });
});
