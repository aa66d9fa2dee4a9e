import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN, isAppUrl } from './app-scheme.ts';
import type { OpenExternal } from './external-links.ts';

/** Copying an SKU or a barcode is all that the page needs; Electron would grant everything. */
const PERMISSIONS_GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Keeps every page of the app, present and future, inside the app. */
export function lockDownPages(app: App, openExternal: OpenExternal): void {
  app.on('web-contents-created', (_event, contents) => lockDownPage(contents, openExternal));
}

function lockDownPage(contents: WebContents, openExternal: OpenExternal): void {
  const stayInside = (details: { url: string; preventDefault: () => void }): void => {
    if (!isAppUrl(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stayInside);
  contents.on('will-redirect', stayInside);
  contents.on('will-frame-navigate', stayInside);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
}

/** Electron grants every permission that nobody refuses, so both ways of asking are answered here. */
export function lockDownPermissions(session: Session): void {
  session.setPermissionRequestHandler((...[, permission, callback, details]) =>
    callback(
      PERMISSIONS_GRANTED.has(permission) && details.isMainFrame && isAppUrl(details.requestingUrl),
    ),
  );
  session.setPermissionCheckHandler(
    (...[, permission, origin, details]) =>
      PERMISSIONS_GRANTED.has(permission) &&
      details.isMainFrame &&
      (origin === APP_ORIGIN || origin === `${APP_ORIGIN}/`),
  );
  session.setDevicePermissionHandler(() => false);
}
