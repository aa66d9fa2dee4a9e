import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Scripts, styles, fonts, pictures and calls from our own origin only, and no page around ours. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; " +
  "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.json': 'application/json',
};

/** Vite puts a hash of the content into the names in this folder, so they never change. */
const HASHED_FOLDER = '/assets/';

export interface RendererAnswer {
  status: 200 | 404;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array<ArrayBuffer>;
}

/** Answers for a path as it stands in a URL, still percent-encoded and without query. */
export type RendererFiles = (urlPath: string) => Promise<RendererAnswer>;

/**
 * The built renderer, for the shells that serve it. The folder is listed once and only those very files are served, so
 * there is no path to escape by, whatever the encoding, the separators or the links that a request plays with.
 */
export function openRendererFiles(folder: string): RendererFiles {
  const files = new Map(listFiles(folder, ''));
  return async (urlPath) => {
    const wanted = urlPath === '/' ? '/index.html' : urlPath;
    const file = files.get(wanted);
    if (file === undefined) return notFound();
    return {
      status: 200,
      headers: {
        ...SECURITY_HEADERS,
        'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': wanted.startsWith(HASHED_FOLDER)
          ? 'private, max-age=31536000, immutable'
          : 'no-store',
      },
      body: await readFile(file),
    };
  };
}

function notFound(): RendererAnswer {
  return {
    status: 404,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
    body: new TextEncoder().encode('Not found'),
  };
}

/** Walks by hand: the archive of a packaged app does not know recursive listing. Links and odd files are left out. */
function listFiles(folder: string, urlFolder: string): [string, string][] {
  return readdirSync(join(folder, urlFolder), { withFileTypes: true }).flatMap((entry) => {
    const urlPath = `${urlFolder}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(folder, urlPath);
    return entry.isFile() ? [[encodeURI(urlPath), join(folder, urlPath)] as [string, string]] : [];
  });
}
