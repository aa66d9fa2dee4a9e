import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveProcess } from '../bench-process.ts';

export interface FileServerInput {
  /** Address → file. */
  files: Readonly<Record<string, string>>;
}

let http: Server | null = null;

/** Sends files and does nothing else: the server of a download that could not be simpler. */
serveProcess(
  async ({ files }: FileServerInput): Promise<string> => {
    http = createServer((request, response) => {
      const file = files[request.url ?? ''];
      if (file === undefined) response.writeHead(404).end();
      else createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(response);
    });
    const listening = http;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  },
  async () => {
    http?.closeAllConnections();
    http?.close();
  },
);
