import { isModifier, type KeyStroke } from '../../shared/scan/key-stroke.ts';
import type { FieldState, ScanField } from './scan-field.ts';

interface Press {
  stroke: KeyStroke;
  field: ScanField | null;
  /** How many keys went down while this one was held; null while it is. */
  overlap: number | null;
}

/** More than any code needs. A burst that goes beyond is something else, to its end. */
const STROKES_MAX = 2_048;

/** A scanner lets go of a key before the next or the one after; a finger stays for longer than that. */
const FINGER_OVERLAP = 3;

/** The keys since the last pause, and what the fields that they went into held before. */
export class ScanBurst {
  #presses: Press[] = [];
  #fields = new Map<ScanField, FieldState>();
  #endAt = -Infinity;
  #length = 0;

  get endAt(): number {
    return this.#endAt;
  }

  /** How many keys but Shift and its like. */
  get length(): number {
    return this.#length;
  }

  get isOverlong(): boolean {
    return this.#presses.length >= STROKES_MAX;
  }

  add(stroke: KeyStroke, field: ScanField | null): void {
    this.#endAt = stroke.at;
    if (this.isOverlong) return;
    this.saveField(field);
    this.#presses.push({ stroke, field, overlap: null });
    if (!isModifier(stroke)) this.#length++;
  }

  /** Before a key of the burst has gone into it. */
  saveField(field: ScanField | null): void {
    if (field && !this.#fields.has(field)) this.#fields.set(field, field.save());
  }

  release(code: string): void {
    const at = this.#presses.findLastIndex(
      ({ stroke, overlap }) => overlap === null && stroke.code === code,
    );
    const press = this.#presses[at];
    if (press) press.overlap = this.#countKeys(at);
  }

  clear(): void {
    if (this.#presses.length > 0) this.#presses = [];
    if (this.#fields.size > 0) this.#fields.clear();
    this.#endAt = -Infinity;
    this.#length = 0;
  }

  scannerStrokes(): readonly KeyStroke[] {
    const fingers = this.#fingers();
    return this.#presses.filter((press) => !fingers.has(press)).map(({ stroke }) => stroke);
  }

  /** The last field that keys went into. */
  lastField(): ScanField | null {
    return this.#presses.at(-1)?.field ?? null;
  }

  /**
   * Puts the fields back to what they held before, with what a person typed meanwhile: `before` is what the scanner's prefix
   * came after. A code that is to stay goes into the last of them.
   */
  restoreFields(before: string, code: string | null): void {
    const fingers = [...this.#fingers()];
    const last = this.lastField();
    for (const [field, state] of this.#fields) {
      const typed = fingers.filter((press) => press.field === field);
      const text = typed.map(({ stroke }) => (stroke.key.length === 1 ? stroke.key : '')).join('');
      if (field === last && code !== null) field.keepCode(state, code);
      else field.restore(state, field === last ? text + before : text);
    }
  }

  /** A finger that is still down while the scanner's keys go down and up is a person's. */
  #fingers(): ReadonlySet<Press> {
    const keys = this.#presses.filter(({ stroke }) => !isModifier(stroke));
    const overlapOf = (press: Press, at: number): number => press.overlap ?? keys.length - at;
    const held = keys.filter((press, at) => overlapOf(press, at) >= FINGER_OVERLAP);
    // Where most keys seem to be held, nothing tells when keys are let go.
    return new Set(held.length * 2 < keys.length ? held : []);
  }

  #countKeys(after: number): number {
    let count = 0;
    for (let at = after + 1; at < this.#presses.length; at++) {
      const press = this.#presses[at];
      if (press && !isModifier(press.stroke)) count++;
    }
    return count;
  }
}
