import { RecentCache } from '../../../../examples/rag-api/cache/recent-cache';
import { SemanticCache } from '../../../../examples/rag-api/cache/semantic-cache';
import { Embedder } from '../../../../examples/rag-api/text/embedding';

describe('the semantic cache', () => {
  const embedder = new Embedder([]);
  let now = 0;
  const cache = (capacity = 10) =>
    new SemanticCache<string>({ threshold: 0.9, capacity, ttlSeconds: 60, now: () => now });

  it('gives the answer to the same question in another order of words', () => {
    const answers = cache();
    answers.put(embedder.embed('price of a cargo bicycle'), '25 euro');
    expect(answers.get(embedder.embed('cargo bicycle, the price?'))).toBe('25 euro');
  });

  it('gives no answer to another question', () => {
    const answers = cache();
    answers.put(embedder.embed('price of a cargo bicycle'), '25 euro');
    expect(answers.get(embedder.embed('price of a city bicycle'))).toBeUndefined();
  });

  it('gives the answer to the nearest of the questions that are near enough', () => {
    const answers = new SemanticCache<string>({ threshold: 0.1, capacity: 9, ttlSeconds: 60 });
    answers.put(embedder.embed('brakes squeal'), 'first');
    answers.put(embedder.embed('brakes squeal loudly'), 'second');
    expect(answers.get(embedder.embed('loudly squeal brakes'))).toBe('second');
    expect(answers.get(embedder.embed('squeal brakes'))).toBe('first');
  });

  it('forgets an answer when its time is over', () => {
    const answers = cache();
    const question = embedder.embed('opening hours');
    answers.put(question, 'ten to seven');
    now += 59_999;
    expect(answers.get(question)).toBe('ten to seven');
    now += 1;
    expect(answers.get(question)).toBeUndefined();
    expect(answers.size).toBe(0);
  });

  it('forgets the oldest answer where there is no room', () => {
    const answers = cache(2);
    for (const word of ['one', 'two', 'three']) answers.put(embedder.embed(word), word);
    expect(['one', 'two', 'three'].map((word) => answers.get(embedder.embed(word)))).toEqual([
      undefined,
      'two',
      'three',
    ]);
  });
});

describe('the cache of what was used last', () => {
  it('forgets what was not used for longest', () => {
    const cache = new RecentCache<number>(2);
    cache.put('a', 1);
    cache.put('b', 2);
    cache.get('a');
    cache.put('c', 3);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
  });
});
