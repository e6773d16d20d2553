import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, textOf } from '../../content/json-value';
import { brokenLinks } from '../support/markdown-links';
import { repositoryContent } from '../support/rendered';

const root = join(__dirname, '..', '..');

/** Folders that a checkout does not have, or that hold nobody's pages. */
const LEFT_OUT = ['.git', 'node_modules', 'cdktf.out'];

/** Every Markdown page of the repository by its path. */
const pages = new Map(
  readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map(
            (path) => `${entry.name}/${path}`,
          )
        : [entry.name],
    )
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe('the pages of the repository', () => {
  it('link only to files and headings that are there', () => {
    const exists = (path: string) => existsSync(join(root, path));

    expect(pages.has('README.md')).toBe(true);
    expect(brokenLinks({ pages, exists })).toEqual([]);
  });

  it('name only commands that package.json has', () => {
    const unknown = [...pages].flatMap(([page, text]) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => scripts[name] === undefined)
        .map((name) => `${page}: npm run ${name}`),
    );

    expect(unknown).toEqual([]);
  });

  it('name boards by their titles', () => {
    const titles = repositoryContent().dashboards.map(({ json }) => textOf(objectOf(json)['title']));
    const unknown = [...pages].flatMap(([page, text]) =>
      [...text.matchAll(/\b[Bb]oard "([^"]+)"/g)]
        .filter(([, title]) => !titles.includes(title))
        .map(([found]) => `${page}: ${found}`),
    );

    expect(unknown).toEqual([]);
  });
});

describe('brokenLinks', () => {
  const links = (text: string) =>
    brokenLinks({
      pages: new Map([
        ['docs/a.md', text],
        [
          'README.md',
          '# One `two`, three\n\n## Same\n\n## Same\n\n<a id="named"></a>\n\n```sh\n# Code\n```\n',
        ],
      ]),
      exists: (path) => ['docs/a.md', 'README.md', 'docs'].includes(path),
    }).map(({ link, missing }) => `${link} ${missing}`);

  it('finds a file that is not there, for a picture too', () => {
    expect(links('[b](b.md) ![c](../c.png)')).toEqual(['b.md file', '../c.png file']);
  });

  it('finds a heading that is not there, on the page itself and on another', () => {
    expect(links('# A\n[a](#a) [b](#b) [r](../README.md#code)')).toEqual([
      '#b heading',
      '../README.md#code heading',
    ]);
  });

  it('knows headings as GitHub names them, and anchors', () => {
    expect(
      links('[1](../README.md#one-two-three) [2](../README.md#same-1) [3](../README.md#named) [4](../docs/)'),
    ).toEqual([]);
  });

  it('leaves other hosts and code alone', () => {
    expect(links('[a](https://example.org/x) [b](mailto:a@example.org)\n```md\n[c](c.md)\n```\n')).toEqual(
      [],
    );
  });
});
