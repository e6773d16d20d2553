import { freePort, startProgram, type RunningProgram } from './programs';

/** API version and protocol of the services that the tests call. */
const QUERY_VERSIONS = { iam: '2010-05-08', monitoring: '2010-08-01', sns: '2010-03-31' } as const;

/** Header value before the operation's name. */
const JSON_TARGETS = { kms: 'TrentService', sqs: 'AmazonSQS' } as const;

/** Where calls by hand say that they are. */
export interface AwsPlaceHere {
  readonly accountId: string;
  readonly region: string;
}

/** AWS as moto plays it, on loopback. */
export interface AwsHere extends RunningProgram {
  readonly url: string;
  /** Calls an action of a service with the Query protocol and gives its XML. */
  query(
    service: keyof typeof QUERY_VERSIONS,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** Calls an operation of a service with the JSON protocol. */
  json(service: keyof typeof JSON_TARGETS, operation: string, body: object): Promise<unknown>;
}

/** The text of an XML element. */
export function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw new Error(`no <${name}> in ${xml}`);
  return found;
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${String(answer.status)} ${text}`);
  return text;
}

/** Starts moto for an account. */
export async function startAws(command: string, place: AwsPlaceHere): Promise<AwsHere> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const program = await startProgram({
    command,
    args: ['-H', '127.0.0.1', '-p', String(port)],
    env: { MOTO_ACCOUNT_ID: place.accountId, AWS_DEFAULT_REGION: place.region },
    readyUrl: `${url}/moto-api/data.json`,
  });
  // moto reads region and service from it and does not look at the signature.
  const authorization = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=test/20260101/${place.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    pid: program.pid,
    logs: () => program.logs(),
    stop: () => program.stop(),
    url,
    query: async (service, action, parameters) =>
      textOf(
        await fetch(url, {
          method: 'POST',
          headers: { authorization: authorization(service) },
          body: new URLSearchParams({ Action: action, Version: QUERY_VERSIONS[service], ...parameters }),
        }),
      ),
    json: async (service, operation, body) =>
      JSON.parse(
        await textOf(
          await fetch(url, {
            method: 'POST',
            headers: {
              authorization: authorization(service),
              'content-type': 'application/x-amz-json-1.1',
              'x-amz-target': `${JSON_TARGETS[service]}.${operation}`,
            },
            body: JSON.stringify(body),
          }),
        ),
      ) as unknown,
  };
}
