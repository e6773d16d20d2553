import { Faults, readFaults } from '../../../../examples/rag-api/service/faults';
import { settingsFrom } from '../../../../examples/rag-api/service/settings';
import { randomFor } from '../../../../examples/rag-api/random';

describe('the settings of the example', () => {
  it('listen to this machine only and switch on no faults, unless told', () => {
    expect(settingsFrom({})).toMatchObject({
      service: 'rag-api',
      host: '127.0.0.1',
      port: 8000,
      faults: false,
      logPromptText: false,
      queryCost: { kind: 'off' },
    });
  });

  it.each([
    [{ SERVICE: 'api' }, 'SERVICE is "api"; it is one of rag-api, upload-pipeline, agent-api'],
    [{ PORT: '80 80' }, 'PORT is "80 80"; it is a whole number from 0 to 65535, 8000 unless set'],
    [{ PORT: '80.5' }, 'PORT is "80.5"; it is a whole number from 0 to 65535, 8000 unless set'],
    [{ API_KEY: '' }, 'API_KEY is empty; it is what callers send, or not set at all'],
    [{ TELEMETRY: 'off' }, 'TELEMETRY is "off"; it is one of 0, 1'],
    [{ LOG_PROMPT_TEXT: 'true' }, 'LOG_PROMPT_TEXT is "true"; it is one of 0, 1'],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL is "loud"; it is one of trace, debug, info, warn, error, fatal, silent',
    ],
    [{ EVALUATED_SHARE: '2' }, 'EVALUATED_SHARE is "2"; it is a number from 0 to 1, 1 unless set'],
  ])('refuse %j', (variables, message) => {
    expect(() => settingsFrom(variables)).toThrow(message);
  });

  it('are as if not set where a variable is empty, as a manifest leaves it', () => {
    const names = ['SERVICE', 'PORT', 'FAULTS', 'SENTRY_DSN', 'OTLP_ENDPOINT', 'QUERY_COST', 'SEED'];
    expect(settingsFrom(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(settingsFrom({}));
  });

  it('publish the cost of queries where they are told to', () => {
    const variables = {
      QUERY_COST: 'put-metric-data',
      AWS_REGION: 'eu-west-1',
      CLOUDWATCH_ENDPOINT: 'http://x',
    };
    expect(settingsFrom(variables).queryCost).toMatchObject({
      kind: 'put-metric-data',
      region: 'eu-west-1',
      endpoint: 'http://x',
    });
  });
});

describe('faults', () => {
  it('are off until they are replaced, and off again when they are replaced by none', () => {
    const faults = new Faults();
    const random = randomFor(1, 'faults');
    expect(faults.happens('errorBurst', random)).toBe(false);
    faults.replace({ errorBurst: 1 });
    expect(faults.happens('errorBurst', random)).toBe(true);
    faults.replace({});
    expect(faults.value('errorBurst')).toBe(0);
  });

  it.each([
    [{ slow: 1 }, /^no fault "slow"; there are slowRetrieval, /],
    [{ errorBurst: 2 }, 'errorBurst is 2, but means: share of requests that fail, 0 to 1'],
    [{ queueStuck: 'yes' }, 'queueStuck is "yes", but means: 1: no worker takes a job'],
    [[], 'the faults are an object of names and numbers'],
  ])('refuse %j', (body, message) => {
    expect(() => readFaults(body)).toThrow(message);
  });
});

describe('random numbers', () => {
  it('are the same for the same seed and part, and others for another', () => {
    const numbers = (seed: number, part: string) => {
      const random = randomFor(seed, part);
      return [random.next(), random.next(), random.around(10, 0.3)];
    };
    expect(numbers(1, 'a')).toEqual(numbers(1, 'a'));
    expect(numbers(1, 'a')).not.toEqual(numbers(2, 'a'));
    expect(numbers(1, 'a')).not.toEqual(numbers(1, 'b'));
  });

  it('have the median that is asked for', () => {
    const random = randomFor(7, 'median');
    const values = Array.from({ length: 2001 }, () => random.around(100, 0.3)).sort((a, b) => a - b);
    expect(values[1000]).toBeGreaterThan(95);
    expect(values[1000]).toBeLessThan(105);
  });
});
