import { stringify } from 'yaml';

/**
 * Writes a configuration object as YAML: the one writer for every file a program reads.
 *
 * Keys keep their order, long lines are not folded (a folded PromQL expression is hard to grep) and equal objects are
 * written out again, because several readers refuse anchors.
 */
export function renderYaml(document: unknown): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
