import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** So many addresses can be told apart. Fixed, because somebody with many addresses would fill any list of them. */
const SLOTS = 65_536;
/** Of an IPv6 address, what a provider gives to one customer: the first four of eight groups. */
const NETWORK_GROUPS = 4;

/**
 * Gives each address one of a fixed number of slots, so that counting by address needs no more memory however many there
 * are. Two that share a slot by chance share its bound; which do, nobody outside can tell.
 */
export class AddressSlots {
  readonly #secret = randomBytes(16);

  of(address: string): number {
    const digest = createHmac('sha256', this.#secret).update(networkOf(address)).digest();
    return digest.readUInt32BE(0) % SLOTS;
  }
}

/** Somebody who has one IPv6 address has all of its network. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}
