import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY_ID = 'key-of-the-test';

/** A store that speaks as much of S3's language as is spoken to it, on loopback, in memory. Refuses what is not signed. */
export class FakeBucket {
  readonly objects = new Map<string, { body: Buffer; changedAt: number }>();
  /** Method and path, in the order in which they came. */
  readonly asked: string[] = [];
  /** While it is true, everything is answered by a failure. */
  fails = false;
  /** Names in one page of a list. */
  pageSize = 2;
  #server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  environment(): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_REGION: 'test-1',
      AWS_ACCESS_KEY_ID: KEY_ID,
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-test',
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://bucket');
    this.asked.push(`${request.method} ${url.pathname}`);
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    if (this.fails) return void response.writeHead(501).end();
    if (!isSigned(request)) return void response.writeHead(403).end('<Error/>');
    if (url.searchParams.has('list-type')) return this.#list(url, response);
    const name = url.pathname;
    if (request.method === 'PUT') {
      if (request.headers['content-length'] === undefined)
        return void response.writeHead(411).end();
      this.objects.set(name, { body: Buffer.concat(pieces), changedAt: Date.now() });
      return void response.end();
    }
    if (request.method === 'DELETE') {
      this.objects.delete(name);
      return void response.writeHead(204).end();
    }
    return this.#get(name, request, response);
  }

  #list({ pathname, searchParams }: URL, response: ServerResponse): void {
    const prefix = `${pathname}${searchParams.get('prefix') ?? ''}`;
    const from = Number(searchParams.get('continuation-token') ?? 0);
    const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix)).toSorted();
    const contents = names.slice(from, from + this.pageSize).map((name) => {
      const at = new Date(this.objects.get(name)?.changedAt ?? 0).toISOString();
      const key = name.slice(pathname.length);
      return `<Contents><Key>${key}</Key><LastModified>${at}</LastModified></Contents>`;
    });
    const next = from + this.pageSize;
    const token =
      next < names.length ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
    response.end(
      `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${token}</ListBucketResult>`,
    );
  }

  #get(name: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const object = this.objects.get(name);
    if (object === undefined) return void response.writeHead(404).end('<Error/>');
    const { body } = object;
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    if (range === null) return void response.writeHead(200, lengthOf(body)).end(body);
    const start = Number(range[1]);
    const end = range[2] ? Number(range[2]) + 1 : body.length;
    if (start >= body.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    }
    const part = body.subarray(start, end);
    const content = `bytes ${start}-${start + part.length - 1}/${body.length}`;
    response.writeHead(206, { ...lengthOf(part), 'content-range': content }).end(part);
  }
}

function lengthOf({ length }: Buffer): { 'content-length': number } {
  return { 'content-length': length };
}

/** That it is signed, by whom and what for; whether rightly, only the real one can say. */
function isSigned({ headers }: IncomingMessage): boolean {
  const signed = new RegExp(
    `^AWS4-HMAC-SHA256 Credential=${KEY_ID}/\\d{8}/test-1/s3/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$`,
  );
  return (
    signed.test(headers.authorization ?? '') &&
    /^\d{8}T\d{6}Z$/.test(String(headers['x-amz-date'])) &&
    headers['x-amz-content-sha256'] !== undefined
  );
}
