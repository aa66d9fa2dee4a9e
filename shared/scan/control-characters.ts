import { GS } from './group-separator.ts';

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** Scanners frame codes in some, and some codes hold them: none of them is printed on a label. */
export function withoutControls(text: string): string {
  return text.replace(CONTROL, '');
}

/** The same, but the separator between GS1 elements stays. */
export function withoutControlsButSeparator(text: string): string {
  return text.replace(CONTROL, (control) => (control === GS ? GS : ''));
}
