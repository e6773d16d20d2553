import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chunksOf, readMarkdown } from '../text/document';
import type { SourceDocument } from '../text/document';
import { Embedder } from '../text/embedding';
import { wordsOf } from '../text/words';
import { VectorIndex } from './vector-index';

/** Name of the one index, the value of the label `index`. */
export const INDEX = 'handbook';

/** The documents that come with the example: rules of a bicycle workshop that does not exist. */
export function readDocuments(folder = join(__dirname, '..', 'documents')): SourceDocument[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => readMarkdown(basename(file, '.md'), readFileSync(join(folder, file), 'utf8')));
}

/** Documents, made searchable. */
export interface KnowledgeBase {
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  /** Subject areas of the documents, sorted. */
  readonly domains: readonly string[];
  /** The subject area that shares most words with a question; the first where none does. */
  readonly domainOf: (question: string) => string;
}

/** Makes documents searchable. */
export function knowledgeBase(documents: readonly SourceDocument[]): KnowledgeBase {
  const chunks = documents.flatMap(chunksOf);
  const embedder = new Embedder(chunks.map(({ heading, text }) => `${heading} ${text}`));
  const index = new VectorIndex(embedder);
  for (const document of documents) index.put(document.id, chunksOf(document));
  const domains = [...new Set(documents.map(({ domain }) => domain))].sort();
  const vocabularies = domains.map((domain) => ({
    domain,
    words: new Set(
      documents.filter((document) => document.domain === domain).flatMap(({ text }) => wordsOf(text)),
    ),
  }));
  return {
    embedder,
    index,
    domains,
    domainOf: (question) => {
      const words = wordsOf(question);
      const rated = vocabularies.map(({ domain, words: known }) => ({
        domain,
        rate: words.filter((word) => known.has(word)).reduce((sum, word) => sum + embedder.weightOf(word), 0),
      }));
      return rated.reduce((best, one) => (one.rate > best.rate ? one : best), {
        domain: domains[0] ?? 'default',
        rate: 0,
      }).domain;
    },
  };
}
