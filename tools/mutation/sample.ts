import { createHash } from 'node:crypto';

/**
 * A fixed sample: the same for the same seed, and nearly the same when items come or go, since each item's turn depends
 * on itself alone.
 */
export function sample<Item extends { readonly id: string }>(
  items: readonly Item[],
  size: number,
  seed: number,
): readonly Item[] {
  const turn = (id: string): string =>
    createHash('sha256')
      .update(`${String(seed)} ${id}`)
      .digest('hex');
  return items
    .map((item) => ({ item, turn: turn(item.id) }))
    .sort((a, b) => (a.turn < b.turn ? -1 : 1))
    .slice(0, size)
    .map(({ item }) => item);
}
