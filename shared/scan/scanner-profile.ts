import { z } from 'zod';

/** Keyboard layouts that a scanner may pretend to have; its own, whatever the laptop's is. */
export const SCANNER_LAYOUTS = ['us', 'uk', 'de', 'fr', 'es', 'it'] as const;

/** How the keys of a keyboard-wedge scanner are told from a person's, and what they mean. */
export const scannerProfileField = z.strictObject({
  layout: z.enum(SCANNER_LAYOUTS),
  /** Text that the scanner sends before every code; empty if it sends none. */
  prefix: z.string().max(8),
  /** The key that ends a code; `none`: a pause ends it. */
  suffix: z.enum(['Enter', 'Tab', 'none']),
  /** Keys that follow each other within so many milliseconds are a burst. People are slower. */
  gapMs: z.int().min(10).max(500),
  /** Fewer keys are never a scan. */
  minLength: z.int().min(2).max(20),
  /** What arrives in the place of GS1's separator (FNC1), as chords: `F8`, `Control+BracketRight`, `Alt+029`. */
  separators: z.array(z.string().min(1).max(40)).max(8),
  /** The same code again within so many milliseconds is marked as a suspect. 0 marks none. */
  quietMs: z.int().min(0).max(10_000),
});
export type ScannerProfile = z.output<typeof scannerProfileField>;

/** 50 ms is what barcode software commonly asks for; scanners were measured at 7 to 16 ms per key. */
export const DEFAULT_SCANNER: ScannerProfile = {
  layout: 'us',
  prefix: '',
  suffix: 'Enter',
  gapMs: 50,
  minLength: 4,
  separators: ['F8', 'Control+BracketRight', 'Alt+029', 'Alt+0029'],
  quietMs: 500,
};
