import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** File beside the unit tests that lists the known survivors; no unit test itself. */
export const SURVIVORS = 'survivors.yaml';

const caseSchema = z.looseObject({
  name: z.string().optional(),
  input_series: z.array(z.looseObject({ series: z.string() })).nullish(),
  alert_rule_test: z.array(z.looseObject({ alertname: z.string() })).default([]),
  promql_expr_test: z.array(z.looseObject({ expr: z.string() })).default([]),
});

const unitTestSchema = z.looseObject({
  rule_files: z.array(z.string().regex(/^\.\.\//, 'a file of the folder above is expected')),
  group_eval_order: z.array(z.string()).optional(),
  tests: z.array(caseSchema),
});

/** One case of a unit test, as far as it matters here; all else is passed on. */
export type UnitTestCase = z.infer<typeof caseSchema>;

/** A file of promtool's unit tests. */
export type UnitTestDocument = z.infer<typeof unitTestSchema>;

/** A unit test of the repository. */
export interface UnitTest {
  /** File name. */
  readonly name: string;
  readonly document: UnitTestDocument;
}

/**
 * The unit tests that expect an environment's thresholds, which the first line says: `# thresholds: prod`.
 *
 * @param folder `alert-rules/tests`
 */
export function unitTestsOf(folder: string, environment: string): readonly UnitTest[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== SURVIVORS)
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      if (/^# thresholds: (\S+)/.exec(text)?.[1] !== environment) return [];
      return [{ name, document: unitTestSchema.parse(parse(text)) }];
    });
}

/** Names of the rule files that a unit test loads. */
export function filesOf({ document }: UnitTest): readonly string[] {
  return document.rule_files.map((file) => file.slice('../'.length));
}
