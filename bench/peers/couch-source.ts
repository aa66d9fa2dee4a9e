import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { LogEntry, ProductLog } from './product-log.ts';
import { sendJson, sendJsonList } from './send-json.ts';

const REVISION_DIGITS = 32;
const CHANGES_LIMIT = 100;

/**
 * The part of CouchDB's protocol that a pull replication uses, over the rows in memory: faster than a CouchDB or a
 * PouchDB server would be. https://docs.couchdb.org/en/stable/replication/protocol.html
 */
export class CouchSource {
  readonly #log: ProductLog;
  /** Checkpoints of those who replicate: one each. */
  readonly #local = new Map<string, object>();

  constructor(log: ProductLog) {
    this.#log = log;
  }

  async answer(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(url.pathname.replace(/^\/couch\/?/, ''));
    if (path === '') {
      const { rows, version } = this.#log;
      sendJson(response, { db_name: 'couch', doc_count: rows, update_seq: version });
    } else if (path === '_changes') this.#changes(url, response);
    else if (path === '_bulk_get') await this.#documents(request, response);
    else if (path.startsWith('_local/')) await this.#checkpoint(path, request, response);
    else sendJson(response, { error: 'not_found' }, 404);
  }

  #changes(url: URL, response: ServerResponse): void {
    const since = Number(url.searchParams.get('since') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? CHANGES_LIMIT);
    const { entries, cursor } = this.#log.page(since, limit);
    sendJsonList(response, {
      head: '{"results":[',
      items: entries,
      textOf: ({ product, positions }) =>
        `{"seq":${positions[0]},"id":"${product.id}","changes":[{"rev":"${revision(positions)}"}]}`,
      tail: `],"last_seq":${cursor},"pending":${this.#log.version - cursor}}`,
    });
  }

  async #documents(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { docs } = (await json(request)) as { docs: { id: string }[] };
    sendJsonList(response, {
      head: '{"results":[',
      items: docs,
      textOf: ({ id }) => `{"id":"${id}","docs":[{"ok":${document(this.#log.entry(id))}}]}`,
      tail: ']}',
    });
  }

  async #checkpoint(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method === 'PUT') {
      this.#local.set(path, (await json(request)) as object);
      sendJson(response, { ok: true, id: path, rev: '0-1' }, 201);
      return;
    }
    const found = this.#local.get(path);
    if (found) sendJson(response, { ...found, _id: path, _rev: '0-1' });
    else sendJson(response, { error: 'not_found', reason: 'missing' }, 404);
  }
}

/** A revision's hash may be any text of its own; the place in the log is one. */
function revisionHash(position: number): string {
  return position.toString(16).padStart(REVISION_DIGITS, '0');
}

function revision(positions: readonly number[]): string {
  return `${positions.length}-${revisionHash(positions[0] ?? 0)}`;
}

function document({ product, json: text, positions }: LogEntry): string {
  const history = JSON.stringify({
    start: positions.length,
    ids: positions.map(revisionHash),
  });
  return `{"_id":"${product.id}","_rev":"${revision(positions)}","_revisions":${history},${text.slice(1)}`;
}
