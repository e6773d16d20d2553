import { BUCKETS } from './buckets';
import { CALL_OUTCOMES, OUTCOMES } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';
import type { StartingLabels } from './starting-labels';

/** Metrics of the agent service, as metrics/agent-api.yaml has them. */
export function agentMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    chatRequests: make.counter('agent_chat_requests_total', 'Chat messages answered, by outcome.', {
      status: OUTCOMES,
    }),
    chatResponseDuration: make.histogram(
      'agent_chat_response_duration_seconds',
      'Time from a chat message to the end of its answer, all stages of the workflow included.',
      {},
      { buckets: BUCKETS.latency },
    ),
    workflowExecutions: make.counter(
      'agent_workflow_executions_total',
      'Workflows that ended, by outcome.',
      { workflow: bounded(20), status: OUTCOMES },
      { start: start.workflows },
    ),
    workflowDuration: make.histogram(
      'agent_workflow_duration_seconds',
      'Time of one execution of a workflow.',
      { workflow: bounded(20) },
      { buckets: BUCKETS.latency, start: start.workflows },
    ),
    llmRequests: make.counter(
      'agent_llm_requests_total',
      'Calls of the agent to a language model, by outcome. Retries count each time; calls of the RAG service do not.',
      { provider: bounded(10), model: bounded(20), outcome: CALL_OUTCOMES },
      { start: start.chatModels },
    ),
    llmDuration: make.histogram(
      'agent_llm_duration_seconds',
      'Time of one call of the agent to a language model.',
      { provider: bounded(10), model: bounded(20) },
      { buckets: BUCKETS.latency, start: start.chatModels },
    ),
    activeSessions: make.gauge(
      'agent_active_sessions',
      'Sessions that this process holds now; the sum over the processes is the number of active sessions.',
      {},
    ),
    sessionDuration: make.histogram(
      'agent_session_duration_seconds',
      "Time from a session's first message to its last.",
      {},
      { buckets: BUCKETS.session },
    ),
  };
}

/** Metrics of the agent service. */
export type AgentMetrics = ReturnType<typeof agentMetrics>;
