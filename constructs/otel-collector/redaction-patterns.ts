/**
 * What the Collector takes out of spans. All expressions are RE2, as Go reads them; none holds `${` or `$$`, which the
 * Collector's configuration would expand.
 */

/**
 * Attributes that carry what people asked and what the model answered: OpenTelemetry's GenAI conventions
 * (opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai), OpenInference, OpenLLMetry, and `rag.*` of the
 * application. `gen_ai.prompt.name` is a template's name, and stays.
 */
export const CONTENT_ATTRIBUTES = [
  String.raw`^gen_ai\.(prompt|completion)(\.\d+(\..+)?)?$`,
  String.raw`^gen_ai\.(input\.messages|output\.messages|system_instructions|tool\.call\.(arguments|result))$`,
  String.raw`^gen_ai\.(retrieval\.(query\.text|documents)|evaluation\.explanation)$`,
  String.raw`^(gen_ai\.event\.content|input\.value|output\.value)$`,
  String.raw`^llm\.(input_messages|output_messages|prompts|completions|prompt_template\.variables)(\..+)?$`,
  String.raw`^(retrieval|reranker\.(input|output)_)\.?documents(\..+)?$`,
  String.raw`^traceloop\.entity\.(input|output)$`,
  String.raw`^rag\.(query|question|prompt|context|answer)(\.text)?$`,
];

/** Attributes that carry credentials by their name, such as `http.request.header.authorization`. */
export const SECRET_ATTRIBUTES = [
  String.raw`(?i)(^|[._-])(authorization|proxy-authorization|cookie|set-cookie|password|passwd|passphrase|secret|credentials?)$`,
  String.raw`(?i)(^|[._-])(api|access|secret|private|signing)[._-]?key$`,
  String.raw`(?i)(^|[._-])(access|auth|bearer|id|refresh|session|api)[._-]?token$`,
];

/** Credentials and e-mail addresses wherever they stand in a value. */
export const SENSITIVE_VALUES = [
  String.raw`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)`,
  String.raw`\bsk-[A-Za-z0-9_-]{17,}`,
  String.raw`\b[sr]k_(live|test)_[A-Za-z0-9]{10,}`,
  String.raw`\b(AKIA|ASIA)[A-Z0-9]{16}\b`,
  String.raw`\bgh[oprsu]_[A-Za-z0-9]{26,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_-]{16,}`,
  String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/[A-Za-z0-9/_-]+`,
  String.raw`\bAIza[A-Za-z0-9_-]{31,}|\bhf_[A-Za-z0-9]{26,}`,
  String.raw`\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?`,
  String.raw`(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}`,
  String.raw`(?i)\b[a-z0-9_-]*(password|passwd|secret|api_?-?key|access_?-?key|access_?-?token)["'\\]*\s*[:=]\s*["'\\]*[^\s"'\\,;&]+`,
  String.raw`://[^\s/:@]*:[^\s/@]+@`,
  String.raw`[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.[A-Za-z]{2,}`,
];
