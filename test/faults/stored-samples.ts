import { getJson } from '../support/eventually';
import type { PrometheusHere } from '../support/prometheus-here';

/** One stored sample. */
export interface StoredSample {
  /** Seconds since 1970. */
  readonly at: number;
  readonly value: number;
}

interface MatrixAnswer {
  readonly data: { readonly result: readonly { readonly values: readonly (readonly [number, string])[] }[] };
}

/** The samples of all series of a selector as they are stored, in the order of time; stale markers are none. */
export async function storedSamples(
  { url }: PrometheusHere,
  selector: string,
  window = '1h',
): Promise<readonly StoredSample[]> {
  const query = encodeURIComponent(`${selector}[${window}]`);
  const { data } = (await getJson(`${url}/api/v1/query?query=${query}`)) as MatrixAnswer;
  return data.result
    .flatMap(({ values }) => values.map(([at, value]) => ({ at, value: Number(value) })))
    .sort((one, other) => one.at - other.at);
}
