import { z } from 'zod';

const duration = z.string().regex(/^(?:0|(?:\d+(?:ms|[smhdwy]))+)$/, 'a duration such as 5m is expected');
const text = z.string().min(1);
const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'a label name is expected'), z.string());
const annotations = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'an annotation name is expected'),
  text,
);

/** Shape of a rule file of Prometheus 3.14, less what only other programs know (model/rulefmt/rulefmt.go). */
export const ruleFileSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: text,
      interval: duration.optional(),
      query_offset: duration.optional(),
      limit: z.int().min(0).optional(),
      labels: labels.optional(),
      rules: z.array(
        z
          .strictObject({
            alert: text.optional(),
            record: text.optional(),
            expr: text,
            for: duration.optional(),
            keep_firing_for: duration.optional(),
            labels: labels.optional(),
            annotations: annotations.optional(),
          })
          .superRefine(oneKind),
      ),
    }),
  ),
});

function oneKind(rule: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  if ((rule['alert'] === undefined) === (rule['record'] === undefined)) {
    context.addIssue({ code: 'custom', message: 'exactly one of alert and record is expected' });
  }
  for (const key of ['for', 'keep_firing_for', 'annotations']) {
    if (rule['record'] === undefined || rule[key] === undefined) continue;
    context.addIssue({ code: 'custom', path: [key], message: `a recording rule has no ${key}` });
  }
}

/** A rule file's content. */
export type RuleDocument = z.infer<typeof ruleFileSchema>;
/** One group of a rule file. */
export type RuleGroup = RuleDocument['groups'][number];
/** One alert or recording rule. */
export type Rule = RuleGroup['rules'][number];
