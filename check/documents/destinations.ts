import type { RoutingModel } from '../../constructs/alertmanager/routing';
import type { Content } from '../../content/content';
import { textOf } from '../../content/json-value';
import { contractOf } from '../../content/metric-contract';
import { viewDashboards } from '../dashboards/dashboard-view';
import { viewRules, type RuleView } from '../rules/rule-view';

/** A board that a document's item may be on. */
export interface Board {
  readonly uid: string;
  readonly path: string;
  readonly title: string;
  /** Types of the panels by title; the boards have titles of which two panels bear one. Rows are no panels. */
  readonly panels: ReadonlyMap<string, readonly string[]>;
}

/** What the environment has that is no content: it stands in a model, not in a file. */
export interface Deployed {
  /** Its name, for messages. */
  readonly environment: string;
  readonly thresholds: Readonly<Record<string, number>>;
  readonly routing: RoutingModel;
  /** Names of the CloudWatch alarms. */
  readonly alarms: readonly string[];
  /** SNS topics and the protocols of their subscriptions. */
  readonly topics: readonly { readonly name: string; readonly protocols: readonly string[] }[];
  /** Deployments that are scaled on CPU. */
  readonly autoscaled: readonly string[];
}

/** All places that an item of a document may refer to. */
export interface Destinations {
  readonly boards: ReadonlyMap<string, Board>;
  readonly alerts: readonly RuleView[];
  /** File of each recorded series. */
  readonly recorded: ReadonlyMap<string, string>;
  /** File of each metric of the contract. */
  readonly metrics: ReadonlyMap<string, string>;
  readonly deployed: Deployed;
}

/** The places of a project. */
export function destinationsOf(content: Content, deployed: Deployed): Destinations {
  const { rules } = viewRules(content);
  return {
    boards: new Map(boardsOf(content).map((board) => [board.uid, board])),
    alerts: rules.filter(({ rule }) => rule.alert !== undefined),
    recorded: new Map(
      rules.filter(({ rule }) => rule.record !== undefined).map(({ name, file }) => [name, file]),
    ),
    metrics: new Map(
      content.metrics.flatMap((file) =>
        (contractOf(file)?.metrics ?? []).map(({ name }) => [name, file.path] as const),
      ),
    ),
    deployed,
  };
}

function boardsOf(content: Content): Board[] {
  return viewDashboards(content).map(({ file, json, panels }) => {
    const types = new Map<string, string[]>();
    for (const { title, type } of panels.filter((panel) => panel.type !== 'row')) {
      types.set(title, [...(types.get(title) ?? []), type]);
    }
    return {
      uid: textOf(json['uid']) ?? '',
      path: file.path,
      title: textOf(json['title']) ?? '',
      panels: types,
    };
  });
}
