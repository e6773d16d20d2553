import { run } from './service/run';
import { settingsFrom } from './service/settings';

/** Longest that all of the end may take, should something hang; Kubernetes kills after 30 s. */
const LONGEST_STOP_MILLISECONDS = 28_000;

async function main(): Promise<void> {
  const running = await run(settingsFrom(process.env));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MILLISECONDS).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
