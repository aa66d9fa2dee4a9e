import type { Protocol } from 'electron';
import type { RendererFiles } from '../app/renderer-files.ts';

const SCHEME = 'app';
const HOST = 'tallyman';
/** The origin of the renderer, instead of `file:`, which would be one origin with every file of the machine. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/`;

/** True for a page of ours. The URL is as Chromium wrote it, so that a look-alike host differs before the slash. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(APP_PAGE);
}

/** Before the app is ready: makes the scheme one with a host, an origin and a secure context. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Once the app is ready. Pages, scripts and pictures only: reading is all there is to do here. */
export function serveAppScheme(protocol: Protocol, files: RendererFiles): void {
  protocol.handle(SCHEME, async (request) => {
    if (!isAppUrl(request.url)) return new Response('Not found', { status: 404 });
    if (request.method !== 'GET') return new Response('Method not allowed', { status: 405 });
    const [path = '/'] = request.url.slice(APP_ORIGIN.length).split(/[?#]/);
    const { status, headers, body } = await files(path);
    return new Response(body, { status, headers });
  });
}
