/** A document that questions are answered from. */
export interface SourceDocument {
  /** Such as `brakes`. */
  readonly id: string;
  readonly title: string;
  /** Subject area; questions are counted by it. */
  readonly domain: string;
  readonly text: string;
}

/** A piece of a document, small enough to be given to a model. */
export interface Chunk {
  /** Such as `brakes#2`. */
  readonly id: string;
  readonly document: string;
  readonly domain: string;
  readonly heading: string;
  readonly text: string;
}

/** The lines between two `---` at the top of a file. */
const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;

/** Reads a Markdown file with an optional `domain:` at its top. */
export function readMarkdown(id: string, content: string): SourceDocument {
  const front = FRONT_MATTER.exec(content)?.[1] ?? '';
  const text = content.replace(FRONT_MATTER, '').trim();
  return {
    id,
    title: /^# (.+)$/m.exec(text)?.[1] ?? id,
    domain: /^domain: *(\S+)$/m.exec(front)?.[1] ?? 'default',
    text,
  };
}

/** One chunk for each section, headed by the document's title so that it can be understood alone. */
export function chunksOf({ id, title, domain, text }: SourceDocument): Chunk[] {
  const sections = text
    .replace(/^# .+$/m, '')
    .split(/^## /m)
    .map((section) => section.trim())
    .filter((section) => section !== '');
  return sections.map((section, at) => {
    const [first = '', ...rest] = section.split('\n');
    const headed = text.includes(`## ${first}`);
    const body = (headed ? rest : [first, ...rest]).join(' ').trim();
    return {
      id: `${id}#${String(at + 1)}`,
      document: id,
      domain,
      heading: headed ? `${title}: ${first.trim()}` : title,
      text: body,
    };
  });
}
