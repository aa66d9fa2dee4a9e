import type { NetworkStatus } from '../../shared/desktop/network-state.ts';

/** A server that takes longer to say that it is there is of no use for a sync. */
const PROBE_TIMEOUT_MS = 5_000;
/** The answer is some 200 bytes; a portal's page is larger and is not read. */
const ANSWER_BYTES_MAX = 10_000;

export interface ProbeOptions {
  fetch: typeof globalThis.fetch;
  newNonce: () => string;
  signal: AbortSignal;
}

/**
 * Asks for `/healthz` with a nonce that the answer must repeat. A captive portal, a cached page or another program on
 * the port cannot know it, so they count as offline. Redirects are not followed: portals live on them.
 */
export async function probeServer(
  url: string,
  options: ProbeOptions,
): Promise<'online' | Exclude<NetworkStatus['cause'], null>> {
  const nonce = options.newNonce();
  try {
    const answer = await options.fetch(`${url}/healthz?nonce=${nonce}`, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
    });
    const text = (await answer.text()).slice(0, ANSWER_BYTES_MAX);
    return answer.ok && isOurs(text, nonce) ? 'online' : 'notTallyman';
  } catch {
    // Every way of not getting an answer is the same to the person who waits for one.
    return 'unreachable';
  }
}

function isOurs(text: string, nonce: string): boolean {
  try {
    const body = JSON.parse(text) as { product?: unknown; nonce?: unknown } | null;
    return body?.product === 'tallyman' && body.nonce === nonce;
  } catch {
    return false;
  }
}
