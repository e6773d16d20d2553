import { knowledgeBase, readDocuments } from '../../../../examples/rag-api/retrieval/knowledge-base';
import { chunksOf, readMarkdown } from '../../../../examples/rag-api/text/document';

const TEXT = `---
domain: kitchen
---

# Tea

## Water

Water for tea boils first.

## Leaves

Green leaves need cooler water.
`;

describe('a knowledge base', () => {
  const tea = readMarkdown('tea', TEXT);
  const coffee = readMarkdown('coffee', '# Coffee\n\n## Beans\n\nBeans are ground finely for espresso.');

  it('reads the subject area and the title of a document', () => {
    expect(tea).toMatchObject({ id: 'tea', title: 'Tea', domain: 'kitchen' });
    expect(coffee.domain).toBe('default');
  });

  it('makes one chunk of each section, headed by the title of the document', () => {
    expect(chunksOf(tea)).toMatchObject([
      { id: 'tea#1', heading: 'Tea: Water', text: 'Water for tea boils first.' },
      { id: 'tea#2', heading: 'Tea: Leaves', text: 'Green leaves need cooler water.' },
    ]);
  });

  it('makes one chunk of a document without sections', () => {
    expect(chunksOf({ ...tea, text: 'Just a line.' })).toMatchObject([
      { heading: 'Tea', text: 'Just a line.' },
    ]);
  });

  it('finds the chunk that a question is about, best first', () => {
    const { embedder, index } = knowledgeBase([tea, coffee]);
    const found = index.search(embedder.embed('How fine are espresso beans?'), { limit: 2, cutOff: 0.1 });
    expect(found[0]?.chunk.id).toBe('coffee#1');
    expect(found[0]?.score).toBeGreaterThan(0.5);
  });

  it('finds nothing where no chunk is near enough', () => {
    const { embedder, index } = knowledgeBase([tea, coffee]);
    expect(index.search(embedder.embed('quantum physics'), { limit: 2, cutOff: 0.1 })).toEqual([]);
  });

  it('finds no more than it is asked for', () => {
    const { embedder, index } = knowledgeBase([tea, coffee]);
    expect(index.search(embedder.embed('water for leaves'), { limit: 1, cutOff: 0 })).toHaveLength(1);
  });

  it('forgets the old chunks of a document that is put again, and those of one that is removed', () => {
    const { index } = knowledgeBase([tea, coffee]);
    index.put('tea', chunksOf({ ...tea, text: 'Only this.' }));
    expect(index.size).toBe(2);
    expect(index.remove('tea')).toBe(1);
    expect(index.remove('tea')).toBe(0);
    expect(index.chunks().map(({ document }) => document)).toEqual(['coffee']);
  });

  it('routes a question to the subject area that shares its words', () => {
    const { domains, domainOf } = knowledgeBase([tea, coffee]);
    expect(domains).toEqual(['default', 'kitchen']);
    expect(domainOf('green leaves')).toBe('kitchen');
    expect(domainOf('espresso')).toBe('default');
  });

  it('has documents of its own in two subject areas', () => {
    const documents = readDocuments();
    expect(documents.length).toBeGreaterThanOrEqual(9);
    expect(knowledgeBase(documents).domains).toEqual(['members', 'workshop']);
  });
});
