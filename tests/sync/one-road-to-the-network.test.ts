import { expect, test } from 'vitest';
import { isSource, isTest, readProjectFiles } from '../tidy/project-files.ts';

/** What opens a connection to a server, or asks the browser whether there is a network. */
const ROADS = [
  /\bfetch\(/,
  /globalThis\.fetch/,
  /from 'undici'/,
  /from 'node:(https?|net|tls|dgram)'/,
  /\bXMLHttpRequest\b/,
  /\bEventSource\b/,
  /navigator\.(onLine|connection)/,
];

test('only the sync and the network service talk to the server, and nobody else asks for a link', () => {
  const laptop = readProjectFiles().filter(
    (file) => /^(main|renderer|shared)\//.test(file.path) && isSource(file) && !isTest(file),
  );
  expect(laptop.length).toBeGreaterThan(100);
  const found = laptop
    .filter(({ text }) => ROADS.some((road) => road.test(withoutTypes(text))))
    .map(({ path }) => path);
  expect(found.toSorted()).toEqual([
    // Gives the network service its `fetch`.
    'main/app/create-app.ts',
    'main/app/network-service.ts',
    'main/app/probe-server.ts',
    'main/sync/server-fetch.ts',
  ]);
});

function withoutTypes(text: string): string {
  return text.replaceAll(/^import type .*$/gm, '');
}
