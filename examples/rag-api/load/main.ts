import { optionsFrom } from './options';
import { runLoad } from './run-load';

/** How often the totals are told, in milliseconds. */
const TELL_MILLISECONDS = 10_000;

async function main(): Promise<void> {
  const options = optionsFrom(process.argv);
  const { scenario, rate, duration } = options;
  const load = await runLoad(options);
  const tell = (): void => {
    const { sent, failed } = load.totals;
    console.log(`${scenario.name}: ${String(sent)} requests sent, ${String(failed)} failed`);
  };
  console.log(`${scenario.name} at ${String(rate)} queries a second: ${scenario.about}`);
  const timer = setInterval(tell, TELL_MILLISECONDS);
  await new Promise<void>((ended) => {
    process.once('SIGINT', ended);
    process.once('SIGTERM', ended);
    if (duration !== undefined) setTimeout(ended, duration * 1000);
  });
  clearInterval(timer);
  await load.stop();
  tell();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
