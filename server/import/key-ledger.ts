const FIRST_SLOTS = 1 << 12;
const WORDS_PER_SLOT = 3;

/**
 * Which keys a file has used so far, and on which line first. Keeps 64 bits of hash instead of the key, in at most 36 bytes
 * per key, because a map of a million strings would be most of an import's memory. That two different keys
 * meet has a chance of about 1 to 10^7 in a file of two million lines.
 */
export class KeyLedger {
  #size = 0;
  #mask = FIRST_SLOTS - 1;
  /** Per slot: two halves of the hash and the line, which is 0 in a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS * WORDS_PER_SLOT);

  /** Null if the key is new. */
  firstLine(key: string): number | null {
    const line = this.#slots[this.#find(hashOf(key)) + 2] ?? 0;
    return line === 0 ? null : line;
  }

  /** Does nothing if the key has a line already. */
  claim(key: string, line: number): void {
    if (!this.#put(hashOf(key), line)) return;
    this.#size += 1;
    if (this.#size * 2 > this.#mask + 1) this.#grow();
  }

  /** Where the hash is, or the free slot where it belongs. There always is a free one. */
  #find({ high, low }: Hash): number {
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * WORDS_PER_SLOT;
      if (this.#slots[at + 2] === 0) return at;
      if (this.#slots[at] === high && this.#slots[at + 1] === low) return at;
    }
  }

  /** Returns whether the hash was new. */
  #put(hash: Hash, line: number): boolean {
    const at = this.#find(hash);
    if (this.#slots[at + 2] !== 0) return false;
    this.#slots[at] = hash.high;
    this.#slots[at + 1] = hash.low;
    this.#slots[at + 2] = line;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array((this.#mask + 1) * WORDS_PER_SLOT);
    for (let at = 0; at < old.length; at += WORDS_PER_SLOT) {
      const line = old[at + 2] ?? 0;
      if (line !== 0) this.#put({ high: old[at] ?? 0, low: old[at + 1] ?? 0 }, line);
    }
  }
}

interface Hash {
  high: number;
  low: number;
}

/** Two lanes of multiply-xor with a final mix. (After bryc's cyrb53, public domain.) */
function hashOf(key: string): Hash {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return { high: a >>> 0, low: b >>> 0 };
}
