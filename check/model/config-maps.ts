import type { Component } from '../../constructs/kubernetes/component';
import type { ConfigProblem } from '../../constructs/kubernetes/config-error';

/** Bytes that the API server takes as the data of one ConfigMap (kubernetes.io/docs/concepts/configuration/configmap). */
const LIMIT_BYTES = 1_048_576;

/** Files named in a message. */
const NAMED_FILES = 3;

/** ConfigMaps that the API server would refuse for their size. */
export function configMapProblems(
  environment: string,
  components: readonly Component[],
): readonly ConfigProblem[] {
  return components.flatMap((component) =>
    component.config.flatMap(({ mountPath, files }) => {
      const sizes = Object.entries(files)
        .map(([name, content]) => ({ name, bytes: Buffer.byteLength(name) + Buffer.byteLength(content) }))
        .sort((a, b) => b.bytes - a.bytes);
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      if (total <= LIMIT_BYTES) return [];
      const largest = sizes.slice(0, NAMED_FILES).map(({ name, bytes }) => `${name} (${String(bytes)})`);
      return [
        {
          where: `${environment}: ${component.name} ${mountPath}`,
          found: `${String(total)} bytes in one ConfigMap, the largest ${largest.join(', ')}`,
          allowed: `at most ${String(LIMIT_BYTES)} bytes, the limit of Kubernetes`,
          mend: 'move some of the files to another folder, which has a ConfigMap of its own, or make them smaller',
        },
      ];
    }),
  );
}
