import type { Random } from '../random';
import type { Client } from './client';

/** Different documents; who uploads one again replaces it. */
const DOCUMENTS = 20;

/** Every so many uploads one cannot be read, or is of a type that the pipeline does not take. */
const UNREADABLE_EVERY = 40;
const UNSUPPORTED_EVERY = 60;

const TYPES = ['text/markdown', 'text/html', 'text/plain'] as const;

const SUBJECTS = [
  'The roof over the shed leaks and is mended before autumn.',
  'The treasurer reads the accounts and everyone agrees.',
  'The summer party is held beside the river with music and soup.',
  'A neighbour complains about noise from the compressor.',
  'Two volunteers paint the fence and plant three apple trees.',
] as const;

/** People who upload minutes of meetings, through the agent or straight to the pipeline. */
export class Authors {
  readonly #client: Client;
  readonly #urls: { readonly agent: string; readonly upload: string };
  readonly #random: Random;
  #count = 0;

  constructor(client: Client, urls: { readonly agent: string; readonly upload: string }, random: Random) {
    this.#client = client;
    this.#urls = urls;
    this.#random = random;
  }

  async act(): Promise<void> {
    this.#count += 1;
    const name = encodeURIComponent(`Minutes ${String(Math.floor(this.#random.next() * DOCUMENTS) + 1)}`);
    const straight = `${this.#urls.upload}/documents?name=${name}`;
    if (this.#count % UNSUPPORTED_EVERY === 0) {
      await this.#client.send('POST', straight, '%PDF-1.7', 'application/pdf');
    } else if (this.#count % UNREADABLE_EVERY === 0) {
      await this.#client.send('POST', straight, 'scan\0\0\0', 'text/plain');
    } else {
      const type = this.#random.pick(TYPES);
      const user = `user-${String(Math.floor(this.#random.next() * 40))}`;
      const byAgent = `${this.#urls.agent}/documents?name=${name}&userId=${user}`;
      await this.#client.send('POST', this.#random.chance(0.5) ? byAgent : straight, this.#text(type), type);
    }
  }

  #text(type: (typeof TYPES)[number]): string {
    const sections = ['First item', 'Second item', 'Third item'].slice(
      0,
      1 + Math.floor(this.#random.next() * 3),
    );
    const parts = sections.map((heading) => {
      const body = this.#random.pick(SUBJECTS);
      return type === 'text/html' ? `<h2>${heading}</h2>\n<p>${body}</p>` : `## ${heading}\n\n${body}`;
    });
    return parts.join('\n\n');
  }
}
