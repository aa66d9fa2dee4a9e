import { writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';
import type { TlsFiles } from '../../server/http/tls-files.ts';
import { openStore } from '../../server/store/open-store.ts';
import { createAuthTrial } from './auth-trial.ts';

export interface EdgeAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
  /** Of the body of an error. */
  code: string | undefined;
}

export interface EdgeRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** For TLS: whose word about the other side is taken, and which name it has to have. */
  tls?: Pick<RequestOptions, 'ca' | 'servername' | 'minVersion' | 'maxVersion' | 'ciphers'>;
}

/** Plain HTTP or TLS, as the address says. `fetch` would not let a test lie about its host. */
export function ask(url: string, options: EdgeRequest = {}): Promise<EdgeAnswer> {
  const { method = 'GET', headers = {}, body, tls = {} } = options;
  const request = url.startsWith('https:') ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: received, text, code: codeIn(text) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function call(url: string, procedure: string, input: unknown): Promise<EdgeAnswer> {
  return ask(`${url}/trpc/${procedure}`, posted(JSON.stringify(input)));
}

export function posted(body: string, headers: Record<string, string> = {}): EdgeRequest {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
}

function codeIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { data?: { wire?: { code?: string } } } };
    return error?.data?.wire?.code;
  } catch {
    return undefined;
  }
}

/** A connection on which a test writes what it likes; ended with the test at the latest. */
export function rawConnection(url: string, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(text);
      resolve(socket);
    });
    socket.on('error', reject);
    onTestFinished(() => void socket.destroy());
  });
}

/** A call whose body has begun and goes no further. */
export function halfSent(url: string): Promise<Socket> {
  return rawConnection(
    url,
    'POST /trpc/sync.hello HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  );
}

/** The files of a new certificate for this name and for 127.0.0.1, which vouches for itself. */
export async function certificateFiles(
  folder: string,
  name: string,
): Promise<TlsFiles & { pem: string }> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, made.cert);
  writeFileSync(files.key, made.private);
  return { ...files, pem: made.cert };
}

/** The first person of an organisation, so that everything needs a sign-in. */
export async function addFirstPerson(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  await createAuthTrial(store).add('Ada', 'administrator');
  await store.close();
}
