import { didYouMean } from '../../check/did-you-mean';

describe('didYouMean', () => {
  it.each([
    ['severty', 'severity'],
    ['fro', 'for'],
    ['rag_request_total', 'rag_requests_total'],
    ['Namespace', 'namespace'],
  ])('finds for %s the name %s', (name, meant) => {
    expect(didYouMean(name, ['something', meant, 'else'])).toBe(`did you mean "${meant}"?`);
  });

  it('is silent where nothing is near', () => {
    expect(didYouMean('up', ['rag_requests_total', 'alert'])).toBeUndefined();
  });
});
