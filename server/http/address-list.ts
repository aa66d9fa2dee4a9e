import { BlockList, isIP } from 'node:net';
import { TallymanError } from '../../shared/errors.ts';

/** Whether an address is one of these addresses and ranges, as `10.0.0.7` and `10.0.0.0/8`. Throws BAD_INPUT if one is none. */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', length, ...rest] = entry.split('/');
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length);
  const isRange = length === undefined || /^\d{1,3}$/.test(length);
  if (family === 0 || !isRange || prefix > bits || rest.length > 0) {
    throw new TallymanError(
      'BAD_INPUT',
      `"${entry}" is neither an address nor a range such as 10.0.0.0/8.`,
    );
  }
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
}
