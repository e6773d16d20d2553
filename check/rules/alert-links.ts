import { didYouMean } from '../did-you-mean';
import { fileStart, findingAt } from '../finding';
import type { Finding } from '../finding';
import type { RuleViews } from './rule-view';

const runbookPattern = /^\$\{links\.runbooks\}\/([^/#]+)(?:#.*)?$/;
const dashboardPattern = /\$\{links\.grafana\}\/d\/([^/?#]+)/;

/** `alerts/runbook`: a runbook link that leads to no page, or a page that no alert leads to. */
export function runbookLinks({ rules }: RuleViews, runbooks: readonly string[]): Finding[] {
  const reached = new Set<string>();
  const rule = 'alerts/runbook';
  const findings = rules.flatMap((view) => {
    const url = view.rule.annotations?.['runbook_url'];
    if (url === undefined) return [];
    const page = runbookPattern.exec(url)?.[1];
    const position = view.at(['annotations', 'runbook_url'], 0);
    if (page === undefined) {
      const message = `the runbook link of ${view.name} is "${url}"`;
      return [
        findingAt(view.file, position, { rule, message, hint: `write \${links.runbooks}/${view.name}.md` }),
      ];
    }
    reached.add(page);
    if (runbooks.includes(page)) return [];
    const message = `the runbook link of ${view.name} leads to runbooks/${page}, which does not exist`;
    const hint = didYouMean(page, runbooks) ?? `write runbooks/${page}`;
    return [findingAt(view.file, position, { rule, message, hint })];
  });
  const orphans = runbooks
    .filter((page) => !reached.has(page))
    .map((page) =>
      findingAt(`runbooks/${page}`, fileStart, {
        rule,
        severity: 'warning',
        message: 'no alert leads to this page',
        hint: 'link it from an alert, or remove it',
      }),
    );
  return [...findings, ...orphans];
}

/** `alerts/dashboard-link`: a link to a dashboard that does not exist. */
export function dashboardLinks({ rules }: RuleViews, uids: readonly string[]): Finding[] {
  return rules.flatMap((view) =>
    Object.entries(view.rule.annotations ?? {}).flatMap(([name, text]) => {
      const match = dashboardPattern.exec(text);
      const uid = match?.[1];
      if (match === null || uid === undefined || uids.includes(uid)) return [];
      return [
        findingAt(view.file, view.at(['annotations', name], match.index), {
          rule: 'alerts/dashboard-link',
          message: `no dashboard has the uid "${uid}"`,
          hint: didYouMean(uid, uids) ?? 'use the uid of a file in dashboards/',
        }),
      ];
    }),
  );
}
