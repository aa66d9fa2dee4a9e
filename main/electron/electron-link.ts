import type { Net } from 'electron';
import { createInterfaceLink } from '../app/node-ports/interface-link.ts';
import type { LinkPort } from '../app/ports.ts';

/**
 * The link as Chromium sees it. Electron's main process has no event for its changes, and the page's own events stop
 * with the page, so the network interfaces are watched, as in the other shells.
 */
export function createElectronLink(
  net: Net,
  interfaces: LinkPort = createInterfaceLink(),
): LinkPort {
  return { hasLink: () => net.isOnline(), onChange: interfaces.onChange };
}
