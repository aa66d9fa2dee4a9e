import { TallymanError } from '../../shared/errors.ts';
import { addressList } from './address-list.ts';
import type { TlsFiles } from './tls-files.ts';

/** Where and how a server can be reached. */
export interface Listening {
  host: string;
  /** Null for plain HTTP. */
  tls: TlsFiles | null;
  /** Addresses and ranges of the reverse proxies in front, whose `X-Forwarded-…` are believed; null if there are none. */
  trustedProxies: readonly string[] | null;
  /** The names, without port, under which laptops know the server. */
  publicHosts: readonly string[];
}

export const LOOPBACK_RANGES: readonly string[] = ['127.0.0.0/8', '::1'];
const isLoopbackAddress = addressList(LOOPBACK_RANGES);

export function isLoopback(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Whether anybody but people of this machine itself can come in. A proxy in front is a door, too. */
export function isExposed({ host, trustedProxies }: Listening): boolean {
  return !isLoopback(host) || trustedProxies !== null;
}

/** Refuses to be exposed in a way that would hand out data or passwords. The reason is one sentence that says what to do. */
export function requireSafeListening(
  listening: Listening,
  { everybodySignsIn }: { everybodySignsIn: boolean },
): void {
  if (!isExposed(listening)) return;
  const { host, tls, trustedProxies, publicHosts } = listening;
  if (!everybodySignsIn) {
    throw new TallymanError(
      'BAD_INPUT',
      'This server has no sign-in yet, so it listens on this machine only. Add a person to every organisation with "user add" first, or leave out --host and --behind-proxy.',
    );
  }
  if (tls === null && trustedProxies === null) {
    throw new TallymanError(
      'BAD_INPUT',
      `Passwords would cross the network in plain text on ${host}. Give --tls-cert and --tls-key, or --behind-proxy if a reverse proxy does TLS.`,
    );
  }
  if (publicHosts.length === 0) {
    throw new TallymanError(
      'BAD_INPUT',
      'Say by which name laptops reach this server: --public-host NAME. Requests for other names are refused.',
    );
  }
}
