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

export type Probed =
  /** `signIn` is what the server asks for; null for one that does not say. */
  | { found: 'online'; signIn: 'open' | 'required' | null }
  | { found: Exclude<NetworkStatus['cause'], null> };

/**
 * Asks for `/healthz` with a nonce that the answer must repeat. A captive portal, a cached page or another program on
 * the port cannot know it, so they count as offline. Redirects are not followed: portals live on them.
 */
export async function probeServer(url: string, options: ProbeOptions): Promise<Probed> {
  const nonce = options.newNonce();
  try {
    const answer = await options.fetch(`${url}/healthz?nonce=${nonce}`, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
    });
    const text = (await answer.text()).slice(0, ANSWER_BYTES_MAX);
    const body = answer.ok ? ourAnswer(text, nonce) : null;
    if (body === null) return { found: 'notTallyman' };
    const { signIn } = body;
    return { found: 'online', signIn: signIn === 'open' || signIn === 'required' ? signIn : null };
  } catch {
    // Every way of not getting an answer is the same to the person who waits for one.
    return { found: 'unreachable' };
  }
}

function ourAnswer(text: string, nonce: string): { signIn?: unknown } | null {
  try {
    const body = JSON.parse(text) as {
      product?: unknown;
      nonce?: unknown;
      signIn?: unknown;
    } | null;
    return body?.product === 'tallyman' && body.nonce === nonce ? body : null;
  } catch {
    return null;
  }
}
