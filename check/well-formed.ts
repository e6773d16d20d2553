import type { Content } from '../content/content';
import { isObject } from '../content/json-value';
import type { Problem } from '../content/position';
import { fileStart, findingAt } from './finding';
import type { Finding } from './finding';

/** `content/well-formed`: a file that is not JSON or YAML. `content/stray-file`: a file that nothing would read. */
export function wellFormed({ dashboards, rules, metrics, strays }: Content): Finding[] {
  const hints = {
    json: 'dashboards are plain JSON: export the board from Grafana, or mend the place',
    yaml: 'mend the place; keys are unique and indented with spaces',
  };
  return [
    ...dashboards.flatMap(({ path, document }) => problems(path, document.problems, hints.json)),
    ...dashboards
      .filter(({ document, json }) => document.problems.length === 0 && !isObject(json))
      .map(({ path }) => syntax(path, fileStart, 'a dashboard is a JSON object', hints.json)),
    ...[...rules, ...metrics].flatMap(({ path, document }) => problems(path, document.problems, hints.yaml)),
    ...strays.map((path) =>
      findingAt(path, fileStart, {
        rule: 'content/stray-file',
        message: 'nothing reads this file',
        hint: 'dashboards lie in dashboards/<folder>/<name>.json, rules and metrics in files that end in .yaml',
      }),
    ),
  ];
}

function problems(path: string, found: readonly Problem[], hint: string): Finding[] {
  return found.map(({ position, message }) => syntax(path, position, message, hint));
}

function syntax(path: string, position: Problem['position'], message: string, hint: string): Finding {
  return findingAt(path, position, { rule: 'content/well-formed', message, hint });
}
