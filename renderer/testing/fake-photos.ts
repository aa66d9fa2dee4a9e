import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { PhotoSubject, PhotoView } from '../../shared/desktop/photo-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { ShrunkPhoto } from '../photos/shrink-photo.ts';
import type { FakeStore } from './fake-store.ts';

/** A grey dot, which any page can show. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==';
/** What a test calls a file that no machine can show. */
export const BROKEN_PICTURE = 'broken';

/** A page without a canvas takes every picture for the same dot. */
export async function fakeShrinkPhoto(file: Blob): Promise<ShrunkPhoto> {
  if (file.type === BROKEN_PICTURE) throw new Error('no picture');
  return { content: DOT, mime: 'image/jpeg', width: 640, height: 480 };
}

interface FakePhotosOptions {
  store: FakeStore;
  records: DesktopApp['records'];
  calls: string[];
  now: () => number;
}

/** Photos of the fake app. One of another laptop, which a test puts among the rows, is not here. */
export function createFakePhotos(options: FakePhotosOptions): DesktopApp['photos'] {
  const { store, records, calls, now } = options;
  const here = new Map<string, string>();
  return {
    list: async ({ subject }) => {
      const { entity, where } = targetOf(subject);
      const { items } = await records.list({ entity, where, cursor: null, limit: 200 });
      return items.map(({ id, row, pending }) => viewOf(id, row, pending));
    },
    add: async ({ subject, content, ...photo }) => {
      calls.push(`photo ${subject.kind} ${photo.mime} ${photo.width}x${photo.height}`);
      const { entity, where } = targetOf(subject);
      const id = store.newId();
      const hash = id.replaceAll('-', '').padEnd(64, '0');
      here.set(hash, content);
      const bytes = content.length;
      const row = { ...where, ...photo, hash, bytes, person_id: null, taken_at: now() };
      const { operationId } = await records.write([{ kind: 'create', entity, id, row }]);
      return { id, operationId: operationId ?? '' };
    },
    read: async (hash) => {
      const content = here.get(hash);
      if (content === undefined) return { kind: 'absent', why: 'offline' };
      return { kind: 'here', mime: 'image/png', content };
    },
    remove: async (id) => {
      const entity = store.row('product_photo', id) ? 'product_photo' : 'site_photo';
      const { operationId } = await records.write([{ kind: 'remove', entity, id }]);
      return { operationId };
    },
  };
}

function targetOf(subject: PhotoSubject): { entity: string; where: StoredRow } {
  if (subject.kind === 'product') {
    return { entity: 'product_photo', where: { product_id: subject.id } };
  }
  const { kind, id, siteId } = subject;
  return { entity: 'site_photo', where: { site_id: siteId, subject: kind, subject_id: id } };
}

function viewOf(id: string, row: StoredRow, pending: boolean): PhotoView {
  return {
    id,
    hash: String(row['hash']),
    mime: 'image/jpeg',
    bytes: Number(row['bytes']),
    width: Number(row['width']),
    height: Number(row['height']),
    caption: row['caption'] === null ? null : String(row['caption']),
    personId: null,
    takenAt: Number(row['taken_at']),
    isUnsent: pending,
    problem: null,
  };
}
