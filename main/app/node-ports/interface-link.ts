import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import type { LinkPort } from '../ports.ts';

const CHECK_INTERVAL_MS = 3_000;

export interface InterfaceLinkOptions {
  interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  setInterval: (callback: () => void, ms: number) => NodeJS.Timeout;
}

const SYSTEM: InterfaceLinkOptions = {
  interfaces: networkInterfaces,
  setInterval: (callback, ms) => setInterval(callback, ms).unref(),
};

/**
 * The link as the addresses of the network interfaces tell it, loopback left out: Node has no event for it, so they
 * are compared every few seconds.
 */
export function createInterfaceLink(system: InterfaceLinkOptions = SYSTEM): LinkPort {
  return {
    hasLink: () => addressesOf(system.interfaces()) !== '',
    onChange: (listener) => {
      let before = addressesOf(system.interfaces());
      const timer = system.setInterval(() => {
        const now = addressesOf(system.interfaces());
        if (now === before) return;
        before = now;
        listener();
      }, CHECK_INTERVAL_MS);
      return () => clearInterval(timer);
    },
  };
}

function addressesOf(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  return Object.entries(interfaces)
    .flatMap(([name, entries]) =>
      (entries ?? []).filter((entry) => !entry.internal).map((entry) => `${name} ${entry.cidr}`),
    )
    .toSorted()
    .join('\n');
}
