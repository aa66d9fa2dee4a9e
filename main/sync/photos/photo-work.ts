import type {
  PhotoAdded,
  PhotoContent,
  PhotoRemoved,
  PhotoRequest,
  PhotoSubject,
} from '../../../shared/desktop/photo-views.ts';
import { imageTypeOf } from '../../../shared/domain/image-type.ts';
import { PHOTO_BYTES_MAX } from '../../../shared/entities/fields.ts';
import { productPhoto } from '../../../shared/entities/product-photo.ts';
import { sitePhoto } from '../../../shared/entities/site-photo.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { PhotoFiles } from '../../store/photos/photo-files.ts';
import { photoTarget } from '../../store/photos/photo-list.ts';
import type { PhotoUploads } from '../../store/photos/photo-uploads.ts';
import type { RecordReader } from '../../store/records/record-reader.ts';
import { RecordWriter } from '../../store/records/record-writer.ts';
import type { WorkStore } from '../../store/work-store.ts';
import type { PhotoFetcher } from './photo-fetcher.ts';

export interface PhotoWorkPorts {
  work: WorkStore;
  uploads: PhotoUploads;
  files: PhotoFiles;
  fetcher: PhotoFetcher;
  reader: () => RecordReader;
  isOffline: () => boolean;
  now: () => number;
  newId: () => string;
  /** Rows of these entities look different now. */
  onChanged: (entities: readonly string[]) => void;
}

/** What a person does with photos on this laptop. Taking one needs no network; it is durable when the call returns. */
export class PhotoWork {
  readonly #ports: PhotoWorkPorts;
  readonly #writer: RecordWriter;

  constructor(ports: PhotoWorkPorts) {
    const { work, reader, now, newId } = ports;
    this.#ports = ports;
    this.#writer = new RecordWriter({ outbox: work.outbox, reader, now, newId });
  }

  /** The file first, then the row: a kill in between leaves a file that is cleared later, never a row without its bytes. */
  async add(request: PhotoRequest): Promise<PhotoAdded> {
    const { work, uploads, files, now, newId, onChanged } = this.#ports;
    const bytes = bytesOf(request);
    this.#assertThere(request.subject);
    const hash = await files.put(bytes);
    const { entity, where } = photoTarget(request.subject);
    const rowId = newId();
    const { mime, width, height, caption, personId } = request;
    const row = {
      ...where,
      hash,
      bytes: bytes.length,
      mime,
      width,
      height,
      caption: caption === '' ? null : caption,
      person_id: personId,
      taken_at: now(),
    };
    const { operationId } = work.outbox.together(() => {
      uploads.add({ rowId, entity, hash, bytes: bytes.length, addedAt: now() });
      return this.#writer.write([{ kind: 'create', entity, id: rowId, row }]);
    });
    if (operationId === null) throw new TallymanError('INTERNAL', 'Nothing was recorded.');
    // It was a cached one until a moment ago, and those may be cleared away at any time.
    await files.put(bytes);
    onChanged([entity]);
    return { id: rowId, operationId };
  }

  remove(id: string): PhotoRemoved {
    const { reader, onChanged } = this.#ports;
    const found = [productPhoto.name, sitePhoto.name].find((name) => reader().get(name, id));
    if (found === undefined) {
      throw new TallymanError('NOT_FOUND', 'This photo is not there any more.');
    }
    const { operationId } = this.#writer.write([{ kind: 'remove', entity: found, id }]);
    onChanged([found]);
    return { operationId };
  }

  /** From this laptop, or else from the server if it can be reached. */
  async read(hash: string, signal: AbortSignal): Promise<PhotoContent> {
    const { files, fetcher, isOffline } = this.#ports;
    const kept = await files.read(hash);
    if (kept) return contentOf(kept);
    if (isOffline()) return { kind: 'absent', why: 'offline' };
    try {
      return contentOf(await fetcher.bring(hash, signal));
    } catch (error) {
      if (!(error instanceof TallymanError)) throw error;
      if (error.code === 'NOT_FOUND') return { kind: 'absent', why: 'notSent' };
      if (!LINE.has(error.code)) throw error;
      return { kind: 'absent', why: 'offline' };
    }
  }

  #assertThere(subject: PhotoSubject): void {
    const reader = this.#ports.reader();
    // A line of a count may be made by the server only later, so its site has to do.
    const there =
      subject.kind === 'count_line'
        ? reader.get('site', subject.siteId)
        : reader.get(subject.kind, subject.id);
    if (there) return;
    throw new TallymanError('NOT_FOUND', 'What the photo is of is not on this laptop.', {
      details: { id: subject.id },
    });
  }
}

const LINE: ReadonlySet<string> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_TIMEOUT',
  'SERVER_BUSY',
  'TOO_MANY_REQUESTS',
  'SERVER_ERROR',
  'NOT_TALLYMAN',
]);

/** Throws TOO_LARGE, or BAD_INPUT for what is not the kind of picture that it is said to be. */
function bytesOf({ content, mime }: PhotoRequest): Buffer {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > PHOTO_BYTES_MAX) {
    throw new TallymanError('TOO_LARGE', 'This photo is too large. Take a smaller one.');
  }
  if (imageTypeOf(bytes) !== mime) {
    throw new TallymanError('BAD_INPUT', 'This is not a photo.');
  }
  return bytes;
}

function contentOf(bytes: Buffer): PhotoContent {
  const mime = imageTypeOf(bytes);
  if (mime === null) throw new TallymanError('BAD_INPUT', 'This is not a photo.');
  return { kind: 'here', mime, content: bytes.toString('base64') };
}
