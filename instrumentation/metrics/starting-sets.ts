import type { LabelSpecs } from './metric-types';

/**
 * The label sets that a metric begins with: each given set with every combination of the closed labels that it lacks. A
 * set that lacks an open label makes none, as nobody knows its values.
 *
 * @param start `absent`: none; undefined: every combination, where all labels are closed
 */
export function startingSets(
  specs: LabelSpecs,
  start: 'absent' | readonly Readonly<Record<string, string | undefined>>[] | undefined,
): Record<string, string>[] {
  if (start === 'absent') return [];
  return (start ?? [{}]).flatMap((given) =>
    Object.entries(specs).reduce<Record<string, string>[]>(
      (sets, [label, spec]) => {
        const own = given[label];
        const values = own !== undefined ? [own] : 'atMost' in spec ? [] : spec;
        return sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value })));
      },
      [{}],
    ),
  );
}
