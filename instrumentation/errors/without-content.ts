import type { ErrorEvent } from '@sentry/node';

/**
 * An event with the kind of error and where it was thrown, but without its text, the request, variables and breadcrumbs:
 * any of them may hold what a person asked.
 */
export function withoutContent(event: ErrorEvent): ErrorEvent {
  const { type, event_id, timestamp, platform, level, release, environment, tags, sdk, exception } = event;
  return {
    type,
    event_id,
    timestamp,
    platform,
    level,
    release,
    environment,
    tags,
    sdk,
    exception: {
      values: exception?.values?.map((one) => ({
        type: one.type,
        value: '[redacted]',
        stacktrace: {
          frames: one.stacktrace?.frames?.map(({ filename, function: name, lineno, colno, in_app }) => ({
            filename,
            function: name,
            lineno,
            colno,
            in_app,
          })),
        },
      })),
    },
  };
}
