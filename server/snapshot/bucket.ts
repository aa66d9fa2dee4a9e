import { openAsBlob } from 'node:fs';
import { AwsClient } from 'aws4fetch';
import { TallymanError } from '../../shared/errors.ts';

/** Of questions that move few bytes. */
const QUESTION_MAX_MS = 15_000;
/** Of a file of a gigabyte at 5 Mbit/s. */
const UPLOAD_MAX_MS = 30 * 60 * 1_000;
/** Busy stores say so; more tries would hide that one is not there. */
const RETRIES = 2;
/** Of a list: each names a thousand objects, far more than all snapshots of an organisation are. */
const LIST_PAGES_MAX = 20;

const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9._-]{1,100}){0,8})\/?$/;

export interface BucketObject {
  /** Without the prefix. */
  name: string;
  /** UTC epoch milliseconds. */
  changedAt: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A prefix of a bucket of any store that speaks S3's language. Answers other than expected are TallymanErrors. */
export class Bucket {
  readonly #client: AwsClient;
  /** Ends with a slash. */
  readonly #bucketUrl: string;
  /** Ends with a slash unless it is empty. */
  readonly #prefix: string;

  /** `s3://bucket/prefix`; where it is and by which keys come from the environment, by the names that S3's own tools use. */
  constructor(address: string, environment: Environment) {
    const [, bucket, path = ''] = ADDRESS.exec(address) ?? [];
    if (bucket === undefined) {
      throw badInput('A snapshot store is named like s3://bucket/prefix.');
    }
    const region = environment['AWS_REGION'] ?? 'us-east-1';
    const endpoint =
      environment['AWS_ENDPOINT_URL_S3'] ??
      environment['AWS_ENDPOINT_URL'] ??
      `https://s3.${region}.amazonaws.com`;
    const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
    const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
    if (!accessKeyId || !secretAccessKey) {
      throw badInput(
        'A snapshot store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.',
      );
    }
    const sessionToken = environment['AWS_SESSION_TOKEN'];
    this.#client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      region,
      service: 's3',
      retries: RETRIES,
    });
    this.#bucketUrl = `${endpoint.replace(/\/$/, '')}/${bucket}/`;
    this.#prefix = path === '' ? '' : `${path.slice(1)}/`;
  }

  async list(): Promise<BucketObject[]> {
    const objects: BucketObject[] = [];
    let token: string | null = null;
    for (let page = 0; page < LIST_PAGES_MAX; page++) {
      const query = new URLSearchParams({ 'list-type': '2', prefix: this.#prefix });
      if (token !== null) query.set('continuation-token', token);
      const text: string = await this.#text(`${this.#bucketUrl}?${query.toString()}`);
      for (const [, entry = ''] of text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
        const name = (elementOf(entry, 'Key') ?? '').slice(this.#prefix.length);
        objects.push({ name, changedAt: Date.parse(elementOf(entry, 'LastModified') ?? '') });
      }
      token = elementOf(text, 'NextContinuationToken');
      if (token === null) break;
    }
    return objects;
  }

  /** Null if there is none. */
  async text(name: string): Promise<string | null> {
    const response = await this.#fetch(this.#urlOf(name), { signal: within(QUESTION_MAX_MS) });
    if (response.status === 404) return null;
    return (await this.#expect(response)).text();
  }

  async putText(name: string, text: string): Promise<void> {
    await this.#put(name, text, QUESTION_MAX_MS);
  }

  /** Streams; the file is never in memory as a whole. */
  async putFile(name: string, path: string): Promise<void> {
    await this.#put(name, await openAsBlob(path), UPLOAD_MAX_MS);
  }

  async remove(name: string): Promise<void> {
    const options = { method: 'DELETE', signal: within(QUESTION_MAX_MS) };
    const response = await this.#fetch(this.#urlOf(name), options);
    if (response.status !== 404) await this.#expect(response);
  }

  /** The answer to a request for all or a range of an object, whatever its status is. */
  async read(name: string, range: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = range === undefined ? {} : { range };
    return this.#fetch(this.#urlOf(name), { headers, signal });
  }

  async #put(name: string, body: Blob | string, maxMs: number): Promise<void> {
    const options = { method: 'PUT', body, signal: within(maxMs) };
    await this.#expect(await this.#fetch(this.#urlOf(name), options));
  }

  async #text(url: string): Promise<string> {
    const response = await this.#fetch(url, { signal: within(QUESTION_MAX_MS) });
    return (await this.#expect(response)).text();
  }

  #urlOf(name: string): string {
    return `${this.#bucketUrl}${this.#prefix}${name}`;
  }

  async #fetch(url: string, options: RequestInit): Promise<Response> {
    try {
      return await this.#client.fetch(url, options);
    } catch (cause) {
      throw new TallymanError('SERVER_BUSY', 'The store of snapshots cannot be reached.', {
        cause,
      });
    }
  }

  async #expect(response: Response): Promise<Response> {
    if (response.ok) return response;
    await response.body?.cancel();
    throw new TallymanError(
      'SERVER_ERROR',
      `The store of snapshots answered ${response.status}. Check its address, its keys and what they may do.`,
      { details: { status: response.status } },
    );
  }
}

/** Of XML as S3 writes it: names and tokens of ours need no unescaping. */
function elementOf(xml: string, name: string): string | null {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? null;
}

function within(ms: number): AbortSignal {
  return AbortSignal.timeout(ms);
}

function badInput(message: string): TallymanError {
  return new TallymanError('BAD_INPUT', message);
}
