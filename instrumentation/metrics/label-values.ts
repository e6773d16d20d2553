/** Closed sets of label values, as the contract lists them. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const OUTCOMES = ['success', 'error'] as const;
export const CALL_OUTCOMES = ['success', 'error', 'timeout', 'rate_limited'] as const;
export const QUERY_STAGES = ['embed', 'retrieve', 'rerank', 'generate'] as const;
export const DOCUMENT_STAGES = ['parse', 'chunk', 'embed', 'index'] as const;
export const DOCUMENT_TYPES = ['pdf', 'docx', 'html', 'markdown', 'text', 'other'] as const;
export const EVALUATORS = ['relevance', 'context_precision', 'groundedness'] as const;
export const TOKEN_TYPES = ['input', 'output', 'cache_read', 'cache_write'] as const;

/** Most subject areas of queries; in CloudWatch each is a metric that is paid for. */
export const MOST_DOMAINS = 20;

/** Outcome of a call to a model. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Stage of a query. */
export type QueryStage = (typeof QUERY_STAGES)[number];

/** Who gives scores to sampled answers. */
export type Evaluator = (typeof EVALUATORS)[number];
