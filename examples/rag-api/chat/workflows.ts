import type { AgentTelemetry } from '../../../instrumentation';
import { evaluate } from '../evaluation/evaluate';
import { answerOf } from '../model/answering';
import { MODELS } from '../model/models';
import type { PretendedProvider } from '../model/provider';
import type { Passage } from '../model/write-answer';
import type { KnowledgeBase } from '../retrieval/knowledge-base';
import { callService } from '../service/call';
import type { Session } from './sessions';

/** What the agent can do with a message. */
export const WORKFLOWS = ['answer', 'summarise', 'greet'] as const;

/** Name of a workflow. */
export type Workflow = (typeof WORKFLOWS)[number];

/** What workflows are made of. */
export interface WorkflowOptions {
  readonly telemetry: AgentTelemetry;
  readonly knowledge: KnowledgeBase;
  readonly provider: PretendedProvider;
  /**
   * Address of the RAG service.
   * @default - the agent looks into its own copy of the documents
   */
  readonly ragApiUrl?: string;
  /** @default - none */
  readonly apiKey?: string;
}

/** What a workflow came to. */
export interface Reply {
  readonly text: string;
  /**
   * How good it is in the agent's own eyes, 0 to 1.
   * @default - not evaluated
   */
  readonly quality?: number;
}

const SYSTEM_PROMPT = 'Reply to the user in a few words, from what you were given.';

/** The workflow for a message. */
export function workflowFor(message: string): Workflow {
  if (/\bsummar(?:y|ise|ize)\b/i.test(message)) return 'summarise';
  return /^\s*(?:hello|hi|thanks|thank you|good (?:morning|evening))\b/i.test(message) ? 'greet' : 'answer';
}

/** Runs a workflow. @throws ProviderError where no model answers */
export async function runWorkflow(
  options: WorkflowOptions,
  workflow: Workflow,
  session: Session,
  message: string,
): Promise<Reply> {
  switch (workflow) {
    case 'greet':
      return { text: await ask(options, message, [{ heading: 'Hello', text: 'What can I do for you?' }]) };
    case 'summarise':
      return { text: await ask(options, message, historyOf(session)) };
    case 'answer':
      return answer(options, message);
  }
}

function historyOf({ messages }: Session): readonly Passage[] {
  return messages
    .filter(({ role }) => role === 'assistant')
    .map(({ text }) => ({ heading: 'Said before', text }));
}

/** Asks the RAG service and puts its answer in the agent's words. */
async function answer(options: WorkflowOptions, message: string): Promise<Reply> {
  const passages = (await fromRagService(options, message)) ?? fromOwnDocuments(options, message);
  const text = await ask(options, message, passages);
  if (passages.length === 0) return { text };
  const { relevance, groundedness } = evaluate(message, text, passages, options.knowledge.embedder);
  return { text, quality: (relevance + groundedness) / 2 };
}

/** One more attempt is cheap, and most faults are short. */
const ATTEMPTS = 2;

/** What the RAG service answers; undefined where it does not. */
async function fromRagService(
  { telemetry, ragApiUrl, apiKey }: WorkflowOptions,
  question: string,
): Promise<readonly Passage[] | undefined> {
  if (ragApiUrl === undefined) return undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const url = `${ragApiUrl}/query`;
      const body = JSON.stringify({ question });
      const found = await callService({ url, body, contentType: 'application/json', apiKey });
      const { answer: text, sources } = found as { answer: string; sources: readonly { heading: string }[] };
      return sources.length === 0 ? [] : [{ heading: sources[0]?.heading ?? '', text }];
    } catch (error) {
      telemetry.log.warn({ error, attempt }, 'the RAG service does not answer');
    }
  }
  return undefined;
}

/** The agent's own copy of the documents: older than the index, and better than no answer. */
function fromOwnDocuments({ knowledge }: WorkflowOptions, question: string): readonly Passage[] {
  const vector = knowledge.embedder.embed(question);
  return knowledge.index.search(vector, { limit: 2, cutOff: 0.3 }).map(({ chunk }) => chunk);
}

async function ask(
  { telemetry, provider }: WorkflowOptions,
  question: string,
  passages: readonly Passage[],
): Promise<string> {
  const { text } = await answerOf(telemetry, provider, {
    models: [MODELS.primary, MODELS.fallback],
    system: SYSTEM_PROMPT,
    passages,
    question,
  });
  return text;
}
