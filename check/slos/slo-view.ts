import type { Content } from '../../content/content';
import type { Position } from '../../content/position';
import { sloFileSchema, type Slo } from '../../content/slo-file';
import type { YamlPath } from '../../content/yaml-file';
import type { Finding } from '../finding';
import { readSchema } from '../schema-findings';

/** One SLO with its places. */
export interface SloView {
  readonly file: string;
  readonly slo: Slo;
  readonly at: (path: YamlPath, offset?: number) => Position;
}

/** Reads all SLO files. `slos/schema`: one that does not fit the schema adds findings and no SLO. */
export function viewSlos({ slos }: Content): {
  readonly views: readonly SloView[];
  readonly findings: readonly Finding[];
} {
  const readings = slos
    .filter(({ document }) => document.problems.length === 0)
    .map((file) => ({ file, ...readSchema(file, sloFileSchema, 'slos/schema') }));
  return {
    findings: readings.flatMap(({ findings }) => findings),
    views: readings.flatMap(({ file: { path, document }, value }) =>
      value === undefined
        ? []
        : [{ file: path, slo: value, at: (place, offset) => document.positionOf(place, offset) }],
    ),
  };
}
