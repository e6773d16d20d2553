import type { Content } from '../content/content';
import { isObject } from '../content/json-value';
import type { Problem } from '../content/position';
import { fileStart, findingAt } from './finding';
import type { Finding } from './finding';

/** Characters of a faulty line that a message repeats. */
const SHOWN_LENGTH = 40;

/** `content/well-formed`: a file that is not JSON or YAML. `content/stray-file`: a file that nothing would read. */
export function wellFormed({ dashboards, rules, metrics, slos, cloudWatch, strays }: Content): Finding[] {
  const hints = {
    json: 'dashboards are plain JSON: export the board from Grafana, or mend the place',
    yaml: 'mend the place; keys are unique and indented with spaces',
  };
  return [
    ...dashboards.flatMap((file) => problems(file, hints.json)),
    ...dashboards
      .filter(({ document, json }) => document.problems.length === 0 && !isObject(json))
      .map(({ path }) => syntax(path, fileStart, 'a dashboard is a JSON object', hints.json)),
    ...[...rules, ...metrics, ...slos, ...(cloudWatch ? [cloudWatch] : [])].flatMap((file) =>
      problems(file, hints.yaml),
    ),
    ...strays.map((path) =>
      findingAt(path, fileStart, {
        rule: 'content/stray-file',
        message: 'nothing reads this file',
        hint: 'dashboards lie in dashboards/<folder>/<name>.json, rules, metrics and SLOs in files that end in .yaml',
      }),
    ),
  ];
}

/** A file and what its reader could not read. */
interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly document: { readonly problems: readonly Problem[] };
}

function problems({ path, text, document }: ReadFile, hint: string): Finding[] {
  return document.problems.map(({ position, message }) =>
    syntax(path, position, `${message}; here stands ${shownAt(text, position)}`, hint),
  );
}

/** The text at a place, as much of its line as a message has room for. */
function shownAt(text: string, { line, column }: Problem['position']): string {
  const rest = (text.split(/\r?\n/)[line - 1] ?? '').slice(column - 1);
  if (rest === '') return 'the end of the line';
  return rest.length > SHOWN_LENGTH ? `${rest.slice(0, SHOWN_LENGTH)}...` : rest;
}

function syntax(path: string, position: Problem['position'], message: string, hint: string): Finding {
  return findingAt(path, position, { rule: 'content/well-formed', message, hint });
}
