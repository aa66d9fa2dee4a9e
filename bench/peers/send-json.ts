import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

const ITEMS_PER_PIECE = 1_000;

export interface JsonList<T> {
  head: string;
  items: readonly T[];
  textOf: (item: T) => string;
  tail: string;
}

/** Piece by piece: a million rows are more than fits well in one string. */
export function sendJsonList<T>(response: ServerResponse, list: JsonList<T>): void {
  response.setHeader('content-type', 'application/json');
  Readable.from(pieces(list)).pipe(response);
}

function* pieces<T>({ head, items, textOf, tail }: JsonList<T>): Generator<string, void, void> {
  yield head;
  for (let at = 0; at < items.length; at += ITEMS_PER_PIECE) {
    const piece = items.slice(at, at + ITEMS_PER_PIECE).map(textOf);
    yield (at === 0 ? '' : ',') + piece.join(',');
  }
  yield tail;
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
