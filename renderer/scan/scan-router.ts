import { decodeStrokes } from '../../shared/scan/decode-strokes.ts';
import {
  altDigit,
  chordOf,
  isAltGraph,
  isModifier,
  type KeyStroke,
} from '../../shared/scan/key-stroke.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { typedText } from '../../shared/scan/typed-text.ts';
import { ScanBurst } from './scan-burst.ts';
import type { ScanField } from './scan-field.ts';

/** `pass`: the key goes where it would go without us. `swallow`: nobody else hears of it. */
export type Verdict = 'pass' | 'swallow';

export interface RoutedScan {
  /** Without prefix and suffix. */
  text: string;
  raw: string;
  /** The scanner's keys, for those who want to know how it types. The end key is among them. */
  strokes: readonly KeyStroke[];
}

/** Two keys of a person may come close together, as they roll from finger to finger. A third is a scanner's. */
const CERTAIN_KEYS = 2;

interface ScanRouterOptions {
  profile: () => ScannerProfile;
  /** Whether it is still to be found out what the scanner sends, so that any key may be part of a code. */
  isLearning?: (() => boolean) | undefined;
  onScan: (scan: RoutedScan) => void;
}

/**
 * Tells a scanner's keys from a person's by their pace, wherever the focus is. It holds no key back: what a burst typed into a
 * field is taken out again when its end shows that it was a scan. Pure: time comes with the keys.
 */
export class ScanRouter {
  readonly #profile: () => ScannerProfile;
  readonly #isLearning: () => boolean;
  readonly #onScan: (scan: RoutedScan) => void;
  readonly #burst = new ScanBurst();
  readonly #swallowed = new Set<string>();
  /** When the end of a scan was last heard: some scanners send two. */
  #endedAt = -Infinity;

  constructor({ profile, isLearning, onScan }: ScanRouterOptions) {
    this.#profile = profile;
    this.#isLearning = isLearning ?? (() => false);
    this.#onScan = onScan;
  }

  /** Whether only a pause can tell that the burst is over. */
  get waitsForPause(): boolean {
    return this.#burst.length > 0 && this.#profile().suffix === 'none';
  }

  get pauseMs(): number {
    return this.#profile().gapMs;
  }

  keyDown(stroke: KeyStroke, field: ScanField | null, isRepeat = false): Verdict {
    const verdict = this.#judge(stroke, field, isRepeat);
    if (verdict === 'swallow') this.#swallowed.add(stroke.code);
    else this.#swallowed.delete(stroke.code);
    return verdict;
  }

  keyUp(code: string): Verdict {
    this.#burst.release(code);
    return this.#swallowed.delete(code) ? 'swallow' : 'pass';
  }

  /** A key of the burst may have moved the focus: what the field holds now is what it must hold again. */
  focusMoved(field: ScanField | null): void {
    if (this.#burst.length > 0) this.#burst.saveField(field);
  }

  /** No key came for longer than a burst may pause. */
  pause(): void {
    if (this.#profile().suffix === 'none') this.#finish(null);
    this.#burst.clear();
  }

  #judge(stroke: KeyStroke, field: ScanField | null, isRepeat: boolean): Verdict {
    const continues = this.#follows(stroke.at, this.#burst.endAt);
    if (!continues) this.pause();
    if (isModifier(stroke)) {
      // It is the scanner's if the burst goes on, and says where an Alt+number sequence begins.
      if (continues) this.#burst.add(stroke, field);
      return 'pass';
    }
    if (isEnd(stroke)) return this.#end(stroke, field);
    // Only a finger holds a key until it repeats.
    if (isRepeat || !this.#isPartOfCode(stroke)) {
      this.#burst.clear();
      return this.#isTail(stroke) ? 'swallow' : 'pass';
    }
    const isBurst = this.#burst.length >= CERTAIN_KEYS;
    this.#endedAt = -Infinity;
    this.#burst.add(stroke, field);
    return isBurst && (field === null || isOrder(stroke)) ? 'swallow' : 'pass';
  }

  #follows(at: number, before: number): boolean {
    const passed = at - before;
    return passed >= 0 && passed <= this.#profile().gapMs;
  }

  #isPartOfCode(stroke: KeyStroke): boolean {
    if (this.#burst.length >= CERTAIN_KEYS && this.#isLearning()) return true;
    if (altDigit(stroke) !== null || isAltGraph(stroke)) return true;
    if (this.#profile().separators.includes(chordOf(stroke))) return true;
    if (stroke.alt) return false;
    // Control characters: a scanner may frame its codes in some.
    if (stroke.ctrl) return this.#burst.length >= CERTAIN_KEYS && /^Key[A-Z]$/.test(stroke.code);
    return decodeStrokes([stroke], this.#profile()) !== '';
  }

  #isTail(stroke: KeyStroke): boolean {
    const isLineEnd = isEnd(stroke) || (stroke.ctrl && /^Key[JM]$/.test(stroke.code));
    return isLineEnd && this.#follows(stroke.at, this.#endedAt);
  }

  #end(stroke: KeyStroke, field: ScanField | null): Verdict {
    const last = this.#burst.lastField();
    const isScan = this.#finish(stroke);
    const wasTail = this.#isTail(stroke);
    this.#burst.clear();
    if (!isScan && !wasTail) return 'pass';
    this.#endedAt = stroke.at;
    return isScan && field !== null && field === last && field.keepsScan() ? 'pass' : 'swallow';
  }

  /** Gives the burst away as a scan if it is one. */
  #finish(end: KeyStroke | null): boolean {
    const profile = this.#profile();
    if (this.#burst.length < profile.minLength || this.#burst.isOverlong) return false;
    const strokes = this.#burst.scannerStrokes();
    const typed = decodeStrokes(strokes, profile);
    const start = typed.indexOf(profile.prefix);
    const text = start === -1 ? '' : typed.slice(start + profile.prefix.length);
    if (text.length < profile.minLength) return false;
    const stays = this.#burst.lastField()?.keepsScan() ?? false;
    // What stands before the scanner's prefix was a person's.
    this.#burst.restoreFields(typed.slice(0, start), stays ? typedText(text) : null);
    this.#burst.clear();
    const raw = typed.slice(start);
    if (!stays) this.#onScan({ text, raw, strokes: end ? [...strokes, end] : strokes });
    return true;
  }
}

function isEnd({ code, ctrl, alt }: KeyStroke): boolean {
  return (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') && !ctrl && !alt;
}

/** A key that types nothing but does something, to the app or the system. */
function isOrder(stroke: KeyStroke): boolean {
  return !isAltGraph(stroke) && (stroke.ctrl || stroke.alt || /^F\d+$/.test(stroke.code));
}
