import { posix } from 'node:path';

/** A link of a page that leads nowhere. */
export interface BrokenLink {
  readonly page: string;
  readonly link: string;
  readonly missing: 'file' | 'heading';
}

/** What links of the pages may lead to. */
export interface LinkTargets {
  /** Text of each page by its path from the root, with forward slashes. */
  readonly pages: ReadonlyMap<string, string>;
  /** Whether a file or folder of the repository has this path from the root. */
  readonly exists: (path: string) => boolean;
}

/** The links between files of the repository whose file or heading is not there; addresses elsewhere are not looked at. */
export function brokenLinks({ pages, exists }: LinkTargets): readonly BrokenLink[] {
  return [...pages].flatMap(([page, text]) =>
    linksOf(text).flatMap((link): readonly BrokenLink[] => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path)).replace(/\/$/, '');
      if (!exists(target)) return [{ page, link, missing: 'file' }];
      if (anchor === undefined || anchorsOf(pages.get(target) ?? '').has(anchor)) return [];
      return [{ page, link, missing: 'heading' }];
    }),
  );
}

/** Targets of a page's links and pictures that name no other host. */
function linksOf(text: string): readonly string[] {
  return [...prose(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** What can stand behind `#`: headings as GitHub names them, a second one of the same name with a number, and anchors. */
function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const headings = [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const name = slugOf(title);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${String(count)}`;
  });
  const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...anchors]);
}

function slugOf(title: string): string {
  return title
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** A page without its blocks of code, where a link is none. */
function prose(text: string): string {
  return text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '');
}
