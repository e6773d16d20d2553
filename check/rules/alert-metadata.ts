import { didYouMean } from '../did-you-mean';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { RuleView, RuleViews } from './rule-view';

/** What an alert may ask for: critical pages a person, warning is a ticket, info is for the screen. */
const severities: readonly string[] = ['critical', 'warning', 'info'];
/** The alert that fires while all is well, to prove the way to the receivers; it alone has the severity `none`. */
export const heartbeatAlert = 'Watchdog';
const requiredAnnotations: readonly string[] = ['summary', 'description', 'runbook_url'];

/** `alerts/metadata`: what the routes and the person who is woken up need of an alert. */
export function alertMetadata({ rules }: RuleViews): Finding[] {
  return rules.filter(({ rule }) => rule.alert !== undefined).flatMap(problemsOf);
}

function problemsOf(view: RuleView): Finding[] {
  const { file, name, labels, rule } = view;
  const problem = (message: string, hint: string, field = 'alert'): Finding =>
    findingAt(file, view.at(field === 'alert' ? ['alert'] : ['labels', field]), {
      rule: 'alerts/metadata',
      message,
      hint,
    });
  const findings: Finding[] = [];
  const { severity } = labels;
  const allowed = name === heartbeatAlert ? ['none'] : severities;
  if (severity === undefined) {
    findings.push(problem(`${name} has no label "severity"`, `add one of ${allowed.join(', ')}`));
  } else if (!allowed.includes(severity)) {
    const message = `${name} has the severity "${severity}"; allowed: ${allowed.join(', ')}`;
    findings.push(
      problem(message, didYouMean(severity, allowed) ?? `use one of ${allowed.join(', ')}`, 'severity'),
    );
  }
  for (const label of ['team', 'service']) {
    const value = labels[label];
    if (value === undefined || value === '') {
      findings.push(
        problem(
          `${name} has no label "${label}"`,
          `say which ${label} it is about; routes and boards use it`,
        ),
      );
    } else if (value.includes('{{')) {
      findings.push(
        problem(`the label "${label}" of ${name} is a template`, 'routes need a fixed value', label),
      );
    }
  }
  for (const annotation of requiredAnnotations) {
    if (rule.annotations?.[annotation] === undefined) {
      findings.push(
        problem(
          `${name} has no annotation "${annotation}"`,
          'add it: it is what the person who is called reads',
        ),
      );
    }
  }
  return findings;
}
