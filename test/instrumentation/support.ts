import { startTelemetry } from '../../instrumentation';
import type { RagTelemetry, ServiceTelemetry, TelemetryOptions } from '../../instrumentation';
import { exposition } from '../../instrumentation/metrics/exposition';
import { readExposition } from '../../tools/contract/exposition';

/** A logger's destination that keeps its lines. */
export interface KeptLines {
  readonly destination: { write(line: string): void };
  /** As objects, oldest first. */
  lines(): Record<string, unknown>[];
  text(): string;
}

export function keptLines(): KeptLines {
  const kept: string[] = [];
  return {
    destination: { write: (line) => kept.push(line) },
    lines: () => kept.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => kept.join(''),
  };
}

/** Prices that are easy to reckon with: a dollar for a million tokens of input, two of output. */
export const PRICES = {
  version: 'test',
  changed: '2026-01-01',
  source: 'test',
  prices: [
    { provider: 'fake', model: 'small', input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25 },
    { provider: 'fake', model: 'embedder', input: 0.5 },
  ],
} as const;

export function ragTelemetry(
  options: Partial<TelemetryOptions> = {},
): RagTelemetry & { readonly kept: KeptLines } {
  const kept = keptLines();
  const telemetry = startTelemetry({
    version: '1.0.0',
    environment: 'test',
    prices: PRICES,
    destination: kept.destination,
    ...options,
    service: 'rag-api',
  });
  return { ...telemetry, kept };
}

/** The value of a series, undefined where it is absent. */
export async function seriesValue(
  { registry }: Pick<ServiceTelemetry, 'registry'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const exposed = readExposition(await exposition(registry, 'text'));
  const wanted = Object.entries(labels);
  return [...exposed.values()]
    .flatMap(({ samples }) => samples)
    .find(
      (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
    )?.value;
}
