import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, textOf } from '../../content/json-value';
import { repositoryContent } from '../support/rendered';

const root = join(__dirname, '..', '..');
const pictures = join(root, 'docs', 'boards');

/** The first bytes of a PNG, up to where the header has its width. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WIDTH_AT = 16;

interface Place {
  readonly title: string;
  readonly file: string;
  readonly picture: string;
}

/** The boards that the page shows: the heading's title and file, and the picture below it. */
function places(): readonly Place[] {
  const page = readFileSync(join(root, 'dashboards', 'README.md'), 'utf8');
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [, title = '', file = ''] = /^\[(.+)\]\((.+)\)$/m.exec(section) ?? [];
      const [, picture = ''] = /^!\[.+\]\(\.\.\/docs\/boards\/(.+)\)$/m.exec(section) ?? [];
      return { title, file, picture };
    });
}

/** What the page should show of every board. */
function boards(): readonly Place[] {
  return repositoryContent().dashboards.map(({ folder, name, json }) => {
    const board = objectOf(json);
    return {
      title: textOf(board['title']) ?? '',
      file: `${folder}/${name}.json`,
      picture: `${textOf(board['uid']) ?? ''}.png`,
    };
  });
}

function byFile(some: readonly Place[]): readonly Place[] {
  return [...some].sort((a, b) => a.file.localeCompare(b.file));
}

describe('dashboards/README.md', () => {
  it('shows every board once, by its title, with its picture, and nothing else', () => {
    expect(byFile(places())).toEqual(byFile(boards()));
  });
});

describe('docs/boards', () => {
  it('has one picture of every board and no other file', () => {
    expect(readdirSync(pictures).sort()).toEqual(
      boards()
        .map(({ picture }) => picture)
        .sort(),
    );
  });

  it('has PNG pictures that are 1600 pixels wide', () => {
    const wrong = readdirSync(pictures).filter((name) => {
      const bytes = readFileSync(join(pictures, name));
      return !bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE) || bytes.readUInt32BE(WIDTH_AT) !== 1600;
    });

    expect(wrong).toEqual([]);
  });
});
