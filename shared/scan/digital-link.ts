import { formatOfAi } from './application-identifiers.ts';
import type { Gs1Element } from './element-strings.ts';

/** Identifiers that name what the link is about, and so start its path. */
const PRIMARY = /^(?:00|01|253|254|255|401|402|414|417|8003|8004|8006|8010|8013|8017|8018)$/;
const GTIN_DIGITS = 14;

/** Path and query of an address. */
const ADDRESS = /^https?:\/\/[^/?#]+([^?#]*)(?:\?([^#]*))?/i;

/** The elements of a GS1 Digital Link, as `https://id.example/01/04012345123456/10/LOT?17=261231`; null if it is none. */
export function readDigitalLink(text: string): readonly Gs1Element[] | null {
  const address = ADDRESS.exec(text);
  if (!address) return null;
  const parts = (address[1] ?? '').split('/').filter((part) => part !== '');
  const start = parts.findIndex((part, at) => PRIMARY.test(part) && at + 1 < parts.length);
  if (start === -1) return null;
  const elements: Gs1Element[] = [];
  for (let at = start; at + 1 < parts.length; at += 2) {
    elements.push({ ai: parts[at] ?? '', value: decoded(parts[at + 1] ?? '') });
  }
  for (const pair of (address[2] ?? '').split(/[&;]/)) {
    const [ai = '', value = ''] = pair.split('=');
    elements.push({ ai, value: decoded(value) });
  }
  return elements
    .filter(({ ai }) => formatOfAi(ai) !== null)
    .map(({ ai, value }) => ({
      ai,
      value: ai === '01' ? value.padStart(GTIN_DIGITS, '0') : value,
    }));
}

/** A stray per cent sign is no reason to lose the code. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
