import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { certificateFiles } from '../../tests/support/edge-client.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { followTlsFiles, readTlsFiles } from './tls-files.ts';

const newFolder = useTempFolders();

function open(port: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () =>
      resolve(socket),
    );
    socket.on('error', reject);
    onTestFinished(() => void socket.destroy());
  });
}

test('a certificate that is renewed is taken up, one that is half written is not, and nothing is cut', async () => {
  const files = await certificateFiles(newFolder(), 'first.example');
  const used = await readTlsFiles(files);
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const server = createServer(used, (_, response) => response.end('ok'));
  const stop = followTlsFiles(server, { files, used, logger, lookMs: 5 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    stop();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const nameNow = async (): Promise<string> =>
    String((await open(port)).getPeerCertificate().subject.CN);
  const before = await open(port);
  expect(before.getPeerCertificate().subject.CN).toBe('first.example');

  const next = await certificateFiles(newFolder(), 'second.example');
  writeFileSync(files.cert, 'this is no certificate');
  await expect.poll(() => lines.join('')).toContain('the old one stays');
  expect(await nameNow()).toBe('first.example');
  // A certificate and a key that are no pair, as between two writes.
  copyFileSync(next.cert, files.cert);
  lines.length = 0;
  await expect.poll(() => lines.join('')).toContain('the old one stays');
  expect(await nameNow()).toBe('first.example');
  copyFileSync(next.key, files.key);
  await expect.poll(nameNow).toBe('second.example');
  expect(before.destroyed).toBe(false);
  expect(lines.join('')).not.toContain('PRIVATE');
});
