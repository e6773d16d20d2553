import { ProviderError } from '../../../../examples/rag-api/model/errors';
import { MODELS } from '../../../../examples/rag-api/model/models';
import { PretendedProvider } from '../../../../examples/rag-api/model/provider';
import { RequestQuota } from '../../../../examples/rag-api/model/request-quota';
import { randomFor } from '../../../../examples/rag-api/random';
import { Faults } from '../../../../examples/rag-api/service/faults';
import { Embedder } from '../../../../examples/rag-api/text/embedding';

const PASSAGES = [
  {
    heading: 'Chain',
    text: 'A chain is worn at 0.75 percent. Oil collects sand from the road and wears the chain down.',
  },
  { heading: 'Tyres', text: 'Tyres are pumped to 4 bar.' },
];

function provider(faults = new Faults()) {
  return new PretendedProvider({
    embedder: new Embedder(PASSAGES.map(({ text }) => text)),
    faults,
    random: randomFor(1, 'test'),
    latencyFactor: 0,
  });
}

function chat(asked: PretendedProvider, model: (typeof MODELS)[keyof typeof MODELS] = MODELS.primary) {
  const pieces: string[] = [];
  const request = { model, system: 'Answer.', passages: PASSAGES, question: 'When is a chain worn?' };
  return asked
    .chat({ ...request, onPiece: (piece) => pieces.push(piece) })
    .then((answer) => ({ ...answer, pieces }));
}

describe('the pretended provider', () => {
  it('answers with the sentences that hold most of the question', async () => {
    const { text } = await chat(provider());
    expect(text).toContain('A chain is worn at 0.75 percent.');
  });

  it('streams the answer in pieces that make up the whole', async () => {
    const { text, pieces } = await chat(provider());
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(text);
  });

  it('counts the tokens of all that it was given and of what it wrote', async () => {
    const { text, inputTokens, outputTokens } = await chat(provider());
    const given = [
      'Answer.',
      ...PASSAGES.flatMap((passage) => [passage.heading, passage.text]),
      'When is a chain worn?',
    ];
    expect(inputTokens).toBe(Math.ceil(given.join('\n').length / 4));
    expect(outputTokens).toBe(Math.ceil(text.length / 4));
  });

  it('fails for the primary model while it is down, and answers for the fallback', async () => {
    const faults = new Faults();
    faults.replace({ providerDown: 1 });
    const down = provider(faults);
    await expect(chat(down)).rejects.toMatchObject({ outcome: 'error' });
    await expect(chat(down, MODELS.fallback)).resolves.toHaveProperty('text');
  });

  it('refuses for the rate and says that nothing is left', async () => {
    const faults = new Faults();
    faults.replace({ providerRateLimited: 1 });
    const refused = chat(provider(faults));
    await expect(refused).rejects.toBeInstanceOf(ProviderError);
    await expect(refused).rejects.toMatchObject({ outcome: 'rate_limited', remainingRequests: 0 });
  });

  it('says how few requests are left while others use up the quota', async () => {
    const faults = new Faults();
    const scarce = provider(faults);
    const before = await chat(scarce);
    faults.replace({ providerRateLimited: 1e-9 });
    const after = await chat(scarce);
    expect(before.remainingRequests).toBeGreaterThan(100);
    expect(after.remainingRequests).toBeLessThan(100);
  });

  it('makes up an answer when its quality drops', async () => {
    const faults = new Faults();
    faults.replace({ qualityDrop: 1 });
    const { text } = await chat(provider(faults));
    expect(text).not.toContain('chain');
  });
});

describe('a quota of requests', () => {
  it('refuses when it is used up, and fills again at an even pace', () => {
    let now = 0;
    const quota = new RequestQuota(2, () => now);
    expect([quota.take(), quota.take(), quota.take()]).toEqual([true, true, false]);
    now = 30_000;
    expect(quota.remaining).toBe(1);
    now = 600_000;
    expect(quota.remaining).toBe(2);
  });
});
