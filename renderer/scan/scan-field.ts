/** What a text field held, and where its caret was. */
export interface FieldState {
  value: string;
  /** Null where a field does not tell, as those for numbers. */
  start: number | null;
  end: number | null;
}

/** A text field that keys may go into, as the scan router sees it. The same object each time for the same field. */
export interface ScanField {
  save: () => FieldState;
  /** Puts it back, with a text in the place of what was selected then. */
  restore: (state: FieldState, typed: string) => void;
  /** Marked with `data-scan="type"`, it asks for codes: a scan stays in it, and its end key goes on to it. */
  keepsScan: () => boolean;
  /** One line is the code then; in a longer text the code stands where the caret was. */
  keepCode: (state: FieldState, code: string) => void;
}

type TextElement = HTMLInputElement | HTMLTextAreaElement;

const fields = new WeakMap<TextElement, ScanField>();

/** Inputs that take no text: a key in them is an order. */
const NO_TEXT = /^(?:button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;

/** The text field of an element; null if it is none that a person could type into. */
export function scanFieldOf(target: EventTarget | null): ScanField | null {
  if (!isTextElement(target)) return null;
  const known = fields.get(target);
  if (known) return known;
  const field = fieldOf(target);
  fields.set(target, field);
  return field;
}

function isTextElement(target: EventTarget | null): target is TextElement {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly && !target.disabled;
  if (!(target instanceof HTMLInputElement)) return false;
  return !target.readOnly && !target.disabled && !NO_TEXT.test(target.type);
}

function fieldOf(element: TextElement): ScanField {
  const field: ScanField = {
    save: () => ({
      value: element.value,
      start: element.selectionStart,
      end: element.selectionEnd,
    }),
    restore: ({ value, start, end }, typed) => {
      const from = start ?? value.length;
      const whole =
        typed === '' ? value : value.slice(0, from) + typed + value.slice(end ?? value.length);
      if (element.value !== whole) setFieldValue(element, whole);
      if (start === null) return;
      if (typed === '') element.setSelectionRange(start, end);
      else element.setSelectionRange(from + typed.length, from + typed.length);
    },
    keepsScan: () => element.dataset['scan'] === 'type',
    keepCode: (state, code) => {
      const isLine = element instanceof HTMLInputElement;
      field.restore(isLine ? { value: '', start: 0, end: 0 } : state, code);
    },
  };
  return field;
}

/** As typing would: React believes only what goes past its own setter and is followed by an event. */
function setFieldValue(element: TextElement, value: string): void {
  const { prototype } =
    element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
