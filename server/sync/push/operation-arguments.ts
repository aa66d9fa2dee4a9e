import type { Operation } from '../../../shared/sync/operation.ts';

const TEXTS = new WeakMap<Operation, string>();

/** What an operation asks for, as JSON: what is measured and fingerprinted. Written once, because that takes a while. */
export function argumentsOf(operation: Operation): string {
  let text = TEXTS.get(operation);
  if (text === undefined) {
    const { changes, after } = operation;
    text = JSON.stringify({ changes, after });
    TEXTS.set(operation, text);
  }
  return text;
}
