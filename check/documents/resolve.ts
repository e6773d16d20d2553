import { receiversFor } from '../../constructs/alertmanager/routing';
import type { Reference } from '../../content/source-document';
import { didYouMean } from '../did-you-mean';
import { listed } from '../expressions/problem';
import type { RuleView } from '../rules/rule-view';
import type { Board, Destinations } from './destinations';

/** A place that exists. */
export type Place =
  | { readonly kind: 'board'; readonly board: Board }
  | {
      readonly kind: 'panel';
      readonly board: Board;
      readonly title: string;
      readonly types: readonly string[];
    }
  | {
      readonly kind: 'alert';
      readonly name: string;
      readonly severity: string;
      readonly files: readonly string[];
      /** The numbers that the alert compares with, by name. */
      readonly limits: Readonly<Record<string, number>>;
      /** Who is told. @default - the item does not speak of it */
      readonly receivers?: readonly string[];
    }
  | { readonly kind: 'recorded' | 'metric'; readonly name: string; readonly file: string }
  | { readonly kind: 'alarm' | 'autoscaled'; readonly name: string }
  | { readonly kind: 'topic'; readonly name: string; readonly protocol?: string }
  | { readonly kind: 'receiver'; readonly name: string; readonly by: readonly string[] }
  | {
      readonly kind: 'route';
      readonly labels: Readonly<Record<string, string>>;
      readonly receivers: readonly string[];
    };

/** Why a reference leads nowhere. */
export interface DeadEnd {
  /** Field of the reference that is wrong. */
  readonly field: string;
  readonly rule: string;
  /** What was found, and what is allowed. */
  readonly message: string;
  readonly hint: string;
}

/** The place that a reference names, or why there is none. */
export function resolve(reference: Reference, to: Destinations): Place | DeadEnd {
  if ('board' in reference) return boardOrPanel(reference, to);
  if ('alert' in reference) return alert(reference, to);
  if ('recorded' in reference) {
    const file = to.recorded.get(reference.recorded);
    if (file === undefined)
      return unknown('recorded', 'recorded series', reference.recorded, to.recorded.keys());
    return { kind: 'recorded', name: reference.recorded, file };
  }
  if ('metric' in reference) {
    const file = to.metrics.get(reference.metric);
    if (file === undefined)
      return unknown('metric', 'metric of the contract', reference.metric, to.metrics.keys());
    return { kind: 'metric', name: reference.metric, file };
  }
  return deployed(reference, to);
}

/** Whether a reference led nowhere. */
export function isDeadEnd(result: Place | DeadEnd): result is DeadEnd {
  return 'rule' in result;
}

function boardOrPanel(
  { board: uid, panel }: Extract<Reference, { board: string }>,
  { boards }: Destinations,
): Place | DeadEnd {
  const board = boards.get(uid);
  if (board === undefined) return unknown('board', 'board', uid, boards.keys());
  if (panel === undefined) return { kind: 'board', board };
  const types = board.panels.get(panel);
  if (types === undefined) {
    return unknown('panel', `panel of the board ${uid} (${board.path})`, panel, board.panels.keys());
  }
  return { kind: 'panel', board, title: panel, types };
}

function alert(reference: Extract<Reference, { alert: string }>, to: Destinations): Place | DeadEnd {
  const { alert: name, severity, service } = reference;
  const named = to.alerts.filter((rule) => rule.name === name);
  if (named.length === 0) return unknown('alert', 'alert', name, new Set(to.alerts.map((rule) => rule.name)));
  const severe = named.filter(({ labels }) => labels['severity'] === severity);
  if (severe.length === 0) {
    const found = new Set(named.map(({ labels }) => labels['severity'] ?? 'none'));
    return unknown('severity', `severity of the alert ${name}`, severity, found);
  }
  const rules = severe.filter(({ labels }) => service === undefined || labels['service'] === service);
  if (rules.length === 0) {
    const found = new Set(severe.map(({ labels }) => labels['service'] ?? 'none'));
    return unknown('service', `service of the alert ${name}`, service ?? '', found);
  }
  const wrong = rules.map(({ labels }) => told(reference.receivers, { alertname: name, ...labels }, to));
  return (
    wrong.find((problem) => problem !== undefined) ?? {
      kind: 'alert',
      name,
      severity,
      files: [...new Set(rules.map(({ file }) => file))],
      limits: Object.assign({}, ...rules.map((rule) => limitsOf(rule, to))) as Record<string, number>,
      receivers: reference.receivers,
    }
  );
}

/** The thresholds in an alert's expression. */
function limitsOf({ rule }: RuleView, { deployed: { thresholds } }: Destinations): Record<string, number> {
  const names = [...rule.expr.matchAll(/\$\{thresholds\.(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    names.flatMap((name) => (thresholds[name] === undefined ? [] : [[name, thresholds[name]]])),
  );
}

/** Holds the receivers that an item promises against those that the labels reach. */
function told(
  promised: readonly string[] | undefined,
  labels: Readonly<Record<string, string>>,
  { deployed: { environment, routing } }: Destinations,
): DeadEnd | undefined {
  if (promised === undefined) return undefined;
  const reached = receiversFor(routing, labels);
  if (listed(reached) === listed(promised)) return undefined;
  return {
    field: 'receivers',
    rule: 'documents/receivers',
    message: `receivers ${listed(promised)}, and in ${environment} ${Object.values(labels).join(', ')} reaches ${listed(reached)}`,
    hint: `write receivers: [${listed(reached)}], or mend the route`,
  };
}

type DeployedReference = Exclude<
  Reference,
  { board: string } | { alert: string } | { recorded: string } | { metric: string }
>;

function deployed(reference: DeployedReference, to: Destinations): Place | DeadEnd {
  const { environment, alarms, topics, autoscaled, routing } = to.deployed;
  const inEnvironment = (what: string) => `${what} in ${environment}`;
  if ('alarm' in reference) {
    const name = reference.alarm;
    return alarms.includes(name)
      ? { kind: 'alarm', name }
      : unknown('alarm', inEnvironment('CloudWatch alarm'), name, alarms);
  }
  if ('autoscaled' in reference) {
    const name = reference.autoscaled;
    return autoscaled.includes(name)
      ? { kind: 'autoscaled', name }
      : unknown('autoscaled', inEnvironment('Deployment scaled on CPU'), name, autoscaled);
  }
  if ('topic' in reference) {
    const { topic: name, protocol } = reference;
    const topic = topics.find((candidate) => candidate.name === name);
    if (topic === undefined) {
      const names = topics.map((candidate) => candidate.name);
      return unknown('topic', inEnvironment('topic'), name, names);
    }
    return protocol === undefined || topic.protocols.includes(protocol)
      ? { kind: 'topic', name, protocol }
      : unknown('protocol', inEnvironment(`subscription of ${name}`), protocol, topic.protocols);
  }
  if ('receiver' in reference) return receiver(reference, to);
  const { labels, receivers } = reference;
  return told(receivers, labels, to) ?? { kind: 'route', labels, receivers: receiversFor(routing, labels) };
}

function receiver(
  { receiver: name, by }: Extract<Reference, { receiver: string }>,
  { deployed: { environment, routing } }: Destinations,
): Place | DeadEnd {
  const found = routing.receivers.find((candidate) => candidate.name === name);
  if (found === undefined) {
    const names = routing.receivers.map((candidate) => candidate.name);
    return unknown('receiver', `receiver in ${environment}`, name, names);
  }
  const kinds = new Set<string>(found.integrations.map(({ kind }) => kind));
  const missing = by.find((kind) => !kinds.has(kind));
  if (missing !== undefined) return unknown('by', `way that the receiver ${name} tells`, missing, kinds);
  return { kind: 'receiver', name, by };
}

function unknown(field: string, what: string, name: string, known: Iterable<string>): DeadEnd {
  const candidates = [...known];
  const allowed = candidates.length > 0 && candidates.length <= 30 ? `; allowed: ${listed(candidates)}` : '';
  return {
    field,
    rule: `documents/unknown-${field}`,
    message: `"${name}" is no ${what}${allowed}`,
    hint:
      didYouMean(name, candidates) ?? 'name the place that has it now, or say under `none` why there is none',
  };
}
