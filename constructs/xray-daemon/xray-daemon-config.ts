import type { XraySettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';

/**
 * Arguments of the X-Ray daemon; the image's entry point adds the two addresses that it listens on
 * (github.com/aws/aws-xray-daemon, README and Dockerfile, 3.6.6).
 *
 * @throws ConfigError if there is too little memory for the buffer of segments
 */
export function xrayDaemonArgs(settings: XraySettings, region: string, where = 'xray'): string[] {
  const memoryMiB = settings.resources.memoryLimitMiB ?? settings.resources.memoryMiB;
  if (memoryMiB < 32) {
    throw new ConfigError({
      where: `${where}.resources.memoryMiB`,
      found: `a memory limit of ${String(memoryMiB)} MiB`,
      allowed: '32 or more',
      mend: 'raise it: a quarter of it is the buffer of segments, and the program needs the rest',
    });
  }
  return [
    // Local mode: it does not ask the instance metadata service, which pods may not reach.
    '--local-mode',
    `--region=${region}`,
    // The default is one hundredth of the node's memory, which can be more than the pod may have.
    `--buffer-memory=${String(Math.floor(memoryMiB / 4))}`,
  ];
}
