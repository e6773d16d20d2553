import type { Component } from '../../constructs/kubernetes/component';
import type { Finding } from '../finding';
import { configMapSize } from '../limits/config-map-size';

/**
 * ConfigMaps that the API server would refuse for their size, whatever program they are for. Dashboards and rules are
 * measured as content before, where the finding can name the file in the repository and warn in time.
 */
export function configMapFindings(environment: string, components: readonly Component[]): readonly Finding[] {
  return components
    .flatMap((component) =>
      component.config.flatMap(({ mountPath, files }) =>
        configMapSize({
          what: `${environment}: the files of ${component.name} in ${mountPath}`,
          files: Object.entries(files).map(([name, content]) => ({
            path: `${environment}: ${mountPath}/${name}`,
            content,
          })),
          mend: 'move some of the files to another directory, which has a ConfigMap of its own, or make them smaller',
        }),
      ),
    )
    .filter(({ severity }) => severity === 'error');
}
