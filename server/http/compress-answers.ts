import { promisify } from 'node:util';
import { constants, gzip, zstdCompress, zstdCompressSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';

const compressors = {
  zstd: async (body: Buffer) => {
    const options = { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } };
    return body.length <= AT_ONCE_BYTES_MAX
      ? zstdCompressSync(body, options)
      : promisify(zstdCompress)(body, options);
  },
  gzip: (body: Buffer) => promisify(gzip)(body, { level: GZIP_LEVEL }),
};
type Encoding = keyof typeof compressors;

/**
 * Measured on pages of 5,000 rows of a real catalogue, 143 bytes a row: zstd 1 makes 27 of them in 7 ms a page, zstd 3
 * makes 29 in 9 ms, zstd 9 makes 25 in 19 ms; gzip 1 makes 31 in 10 ms, gzip 6 makes 28 in 14 ms.
 */
const ZSTD_LEVEL = 1;
const GZIP_LEVEL = 6;
/** Below this a packet is not saved. */
const COMPRESS_BYTES_MIN = 1_024;

/**
 * Up to here zstd takes less of the main thread's time than handing the work to another does: 0.18 ms instead of 0.28 ms
 * for the answers to 200 operations, 30 KB, and 0.26 ms instead of 0.56 ms where the machine is busy.
 */
const AT_ONCE_BYTES_MAX = 64 * 1_024;

/** Compresses larger answers outside the main thread, in one piece: they are bounded and complete before they are sent. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const body = await bodyOf(reply, payload);
    if (body === null) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    if (encoding === null || body.length < COMPRESS_BYTES_MIN) return body;
    reply.header('content-encoding', encoding);
    return compressors[encoding](body);
  });
}

/** tRPC answers with a web Response. Its status and headers are taken over here, so that its length can be sent. */
async function bodyOf(reply: FastifyReply, payload: unknown): Promise<Buffer | null> {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (!(payload instanceof Response)) return null;
  // Server-sent events have no end to wait for.
  if (payload.headers.get('content-type')?.startsWith('text/event-stream')) return null;
  reply.code(payload.status);
  for (const [name, value] of payload.headers) reply.header(name, value);
  return Buffer.from(await payload.arrayBuffer());
}

/** The best that the other side takes. An encoding with `q=0` is one that it refuses. */
function chooseEncoding(accepted = ''): Encoding | null {
  const names = new Set(
    accepted
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((text) => text.trim()))
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
      .map(([name]) => name),
  );
  if (names.has('zstd')) return 'zstd';
  return names.has('gzip') ? 'gzip' : null;
}
