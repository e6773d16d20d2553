import { join } from 'node:path';
import type { Content } from '../../content/content';
import type { FileTree } from '../files';

/** Bytes of rules that surely fit into the one ConfigMap of 1 MiB that holds them, rendered. */
const RULE_BYTES = 900_000;

/** Files of content, and how many dashboards and rule files are among them. */
export interface ScaledContent {
  readonly files: FileTree;
  readonly units: number;
}

/**
 * The content several times over: each dashboard again in a folder of its own with a uid and title of its own, and each
 * rule file with groups, records, alerts and runbooks of its own. Of the rules no more copies are made than one
 * ConfigMap takes.
 */
export function scaledContent(content: Content, factor: number): ScaledContent {
  const ruleBytes = content.rules.reduce((sum, { text }) => sum + text.length, 0);
  const ruleCopies = Math.min(factor, Math.floor(RULE_BYTES / ruleBytes));
  const names = namesIn(content);
  const files = new Map<string, string>(content.metrics.map(({ path, text }) => [path, text]));
  for (let copy = 0; copy < factor; copy++) {
    // What has no rules of its own shows those of an earlier copy.
    const renamed = renamer(names, copy % ruleCopies);
    for (const { folder, name, text } of content.dashboards) {
      files.set(
        join('dashboards', numbered(folder, copy), `${numbered(name, copy)}.json`),
        withIdentity(renamed(text), copy),
      );
    }
    if (copy >= ruleCopies) continue;
    for (const { path, text } of content.rules) {
      files.set(
        path.replace(/\.yaml$/, `${suffix(copy)}.yaml`),
        copy === 0 ? text : withSeverity(renamed(text)),
      );
    }
    for (const page of content.runbooks) files.set(join('runbooks', renamed(page)), '');
  }
  return { files, units: factor * content.dashboards.length + ruleCopies * content.rules.length };
}

function suffix(copy: number): string {
  return copy === 0 ? '' : `-${String(copy)}`;
}

function numbered(name: string, copy: number): string {
  return `${name}${suffix(copy)}`;
}

/** Names that may stand only once in all rules, and those that lead to them. */
function namesIn({ rules, dashboards }: Content): readonly string[] {
  const inRules = rules.flatMap(({ text }) =>
    [...text.matchAll(/^\s*- (?:name|alert|record): (\S+)/gm)].map(([, name = '']) => name),
  );
  const uids = dashboards.map(({ json }) => String(Reflect.get(Object(json), 'uid')));
  return [...new Set([...inRules, ...uids])].sort((a, b) => b.length - a.length);
}

function renamer(names: readonly string[], copy: number): (text: string) => string {
  if (copy === 0) return (text) => text;
  const any = new RegExp(`(?<![\\w:-])(${names.join('|')})(?![\\w:-])`, 'g');
  return (text) =>
    text.replace(any, (name) => (name.includes('-') ? numbered(name, copy) : `${name}${String(copy)}`));
}

/** Only the alert that is named Watchdog may be without a severity. */
function withSeverity(rules: string): string {
  return rules.replace('severity: none', 'severity: info');
}

/** A board with the uid and title of its copy. */
function withIdentity(text: string, copy: number): string {
  if (copy === 0) return text;
  const board = JSON.parse(text) as Record<string, unknown>;
  const uid = String(board['uid']).replace(/-\d+$/, '');
  return JSON.stringify({
    ...board,
    uid: numbered(uid, copy),
    title: `${String(board['title'])} ${String(copy)}`,
  });
}
