import { Database } from '../../../../examples/rag-api/database/pool';
import { randomFor } from '../../../../examples/rag-api/random';

describe('the pool of database connections', () => {
  it('has a statement wait while all connections are in use', async () => {
    const database = new Database({ size: 1, milliseconds: 2, random: randomFor(1, 'pool') });
    const ended: string[] = [];
    const statements = ['a', 'b', 'c'].map((key) =>
      database.insert('t', key, { key }).then(() => ended.push(key)),
    );
    expect([database.active, database.idle]).toEqual([1, 0]);
    await Promise.all(statements);
    expect(ended).toEqual(['a', 'b', 'c']);
    expect([database.active, database.idle]).toEqual([0, 1]);
  });

  it('keeps, changes and deletes rows, and says where there are none', async () => {
    const database = new Database({ size: 2, milliseconds: 0, random: randomFor(1, 'pool') });
    await database.insert('t', 'a', { vote: 'none' });
    expect(await database.update('t', 'a', { vote: 'up' })).toBe(true);
    expect(await database.select('t', 'a')).toEqual({ vote: 'up' });
    expect(await database.delete('t', 'a')).toBe(true);
    expect(await database.delete('t', 'a')).toBe(false);
    expect(await database.update('t', 'a', { vote: 'up' })).toBe(false);
    expect(await database.select('t', 'a')).toBeUndefined();
  });
});
