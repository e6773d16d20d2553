/** Types of documents, as they are counted. */
export type DocumentType = 'pdf' | 'docx' | 'html' | 'markdown' | 'text' | 'other';

const TYPES: Readonly<Record<string, DocumentType>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/html': 'html',
  'text/markdown': 'markdown',
  'text/plain': 'text',
};

/** Type of a document by the media type that it is sent with. */
export function documentType(contentType: string | undefined): DocumentType {
  return TYPES[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''] ?? 'other';
}

/** Types that {@link parse} can read. */
export const READABLE: readonly DocumentType[] = ['html', 'markdown', 'text'];

/** A document that holds no text. */
export class UnreadableDocument extends Error {
  readonly code = 'unreadable_document';
}

/**
 * Text of a document.
 *
 * @throws UnreadableDocument where the bytes are no text
 */
export function parse(type: DocumentType, content: Buffer): string {
  const text = content.toString('utf8');
  if (text.includes('\0') || text.includes('\uFFFD') || text.trim() === '') {
    throw new UnreadableDocument(`no text in a document of the type ${type}`);
  }
  return type === 'html' ? text.replace(/<h2[^>]*>/gi, '\n\n## ').replace(/<[^>]*>/g, ' ') : text;
}
