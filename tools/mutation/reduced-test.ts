import type { Rule } from '../../content/rules';
import { nameOf, type RuleFileHere } from './mutant';
import { metricsRead, RuleGraph } from './rule-graph';
import { filesOf, type UnitTest, type UnitTestCase, type UnitTestDocument } from './unit-test';

/**
 * What of a unit test can notice a change of one rule: the assertions on this rule and on all that read what it records,
 * with the rules and series that they need. It passes if and only if those assertions pass in the whole test, and runs in
 * a fraction of the time.
 */
export interface ReducedTest {
  readonly files: readonly RuleFileHere[];
  readonly document: UnitTestDocument;
}

/** A rule in the place of another. */
export interface RuleChange {
  /** Name of the mounted file, index of the group, index in the group. */
  readonly place: readonly [file: string, group: number, rule: number];
  readonly changed: Rule;
}

/** The cases of a test that say something of a rule, and the rules that these need. */
interface Part {
  readonly tests: readonly UnitTestCase[];
  readonly rules: ReadonlySet<string>;
}

/** A unit test with the rules that it loads. */
export class TestReducer {
  private readonly files: readonly RuleFileHere[];
  private readonly graph: RuleGraph;
  private readonly parts = new Map<string, Part | undefined>();

  /** @param files all rule files */
  constructor(
    private readonly test: UnitTest,
    files: readonly RuleFileHere[],
  ) {
    const loaded = new Set(filesOf(test));
    this.files = files.filter(({ name }) => loaded.has(name));
    this.graph = new RuleGraph(this.files.map(({ document }) => document));
  }

  /**
   * The test as far as it depends on one rule.
   *
   * @param change what stands in its place; without, the rule as it is
   * @returns undefined where the test does not load the file or says nothing of the rule
   */
  forRule(file: string, rule: string, change?: RuleChange): ReducedTest | undefined {
    if (!this.files.some(({ name }) => name === file)) return undefined;
    if (!this.parts.has(rule)) this.parts.set(rule, this.partFor(rule));
    const part = this.parts.get(rule);
    if (part === undefined) return undefined;
    // A change may read what nothing here has read before.
    const read = change === undefined ? [] : this.needs(change.changed.expr);
    const rules = read.every((name) => part.rules.has(name))
      ? part.rules
      : new Set([...part.rules, ...this.graph.sources(read)]);
    const expressions = change === undefined ? [] : [change.changed.expr];
    return {
      files: keptRules(this.files, rules, change),
      document: this.documentOf(
        part.tests.map((testCase) => this.withoutIdleSeries(testCase, rules, expressions)),
        rules,
      ),
    };
  }

  private partFor(rule: string): Part | undefined {
    const affected = this.graph.dependents(rule);
    const tests = this.test.document.tests.flatMap((testCase) => {
      const alerts = testCase.alert_rule_test.filter(({ alertname }) => affected.has(alertname));
      const expressions = testCase.promql_expr_test.filter(({ expr }) => this.reads(expr, affected));
      if (alerts.length + expressions.length === 0) return [];
      return [{ ...testCase, alert_rule_test: alerts, promql_expr_test: expressions }];
    });
    if (tests.length === 0) return undefined;
    const expressions = tests.flatMap(({ promql_expr_test: all }) => all);
    const needed = [...affected, ...expressions.flatMap(({ expr }) => this.needs(expr))];
    return { tests, rules: this.graph.sources(needed) };
  }

  /** A case without the series that nothing in it reads. */
  private withoutIdleSeries(
    testCase: UnitTestCase,
    rules: ReadonlySet<string>,
    expressions: readonly string[],
  ): UnitTestCase {
    const asked = testCase.promql_expr_test.map(({ expr }) => expr);
    const inputs = this.graph.inputs(rules, [...asked, ...expressions]);
    if (inputs === undefined) return testCase;
    const isRead = ({ series }: { readonly series: string }): boolean => {
      const name = /^\s*([a-zA-Z_:][\w:]*)/.exec(series)?.[1];
      return name === undefined || inputs.has(name);
    };
    return { ...testCase, input_series: (testCase.input_series ?? []).filter(isRead) };
  }

  private reads(expression: string, names: ReadonlySet<string>): boolean {
    const read = metricsRead(expression, this.graph.parse);
    return read === undefined || [...read].some((name) => names.has(name));
  }

  /** The rules that an expression reads: all where that is not known. */
  private needs(expression: string): readonly string[] {
    const read = metricsRead(expression, this.graph.parse);
    return read === undefined ? this.allRules() : [...read].filter((name) => this.graph.has(name));
  }

  private allRules(): readonly string[] {
    return this.files.flatMap(({ document }) => document.groups.flatMap(({ rules }) => rules.map(nameOf)));
  }

  private documentOf(tests: readonly UnitTestCase[], rules: ReadonlySet<string>): UnitTestDocument {
    const { document } = this.test;
    const groups = this.files.flatMap(({ document: { groups: all } }) =>
      all.filter((group) => group.rules.some((rule) => rules.has(nameOf(rule)))).map(({ name }) => name),
    );
    return {
      ...document,
      ...(document.group_eval_order && {
        group_eval_order: document.group_eval_order.filter((name) => groups.includes(name)),
      }),
      tests: [...tests],
    };
  }
}

/** Files with only some rules in them, one of which may be changed. */
function keptRules(
  files: readonly RuleFileHere[],
  rules: ReadonlySet<string>,
  change?: RuleChange,
): readonly RuleFileHere[] {
  const isChanged = (...place: RuleChange['place']): boolean =>
    place.every((part, index) => part === change?.place[index]);
  return files.map((file) => ({
    ...file,
    document: {
      groups: file.document.groups.flatMap((group, groupIndex) => {
        const own = group.rules.flatMap((rule, ruleIndex) => {
          if (!rules.has(nameOf(rule))) return [];
          return [change && isChanged(file.name, groupIndex, ruleIndex) ? change.changed : rule];
        });
        return own.length === 0 ? [] : [{ ...group, rules: own }];
      }),
    },
  }));
}
