import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PhotoSubject } from '../../shared/desktop/photo-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { useReturnFocus } from '../use-return-focus.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { AddPhoto } from './add-photo.tsx';
import { PhotoDialog } from './photo-dialog.tsx';
import { PhotoImage } from './photo-image.tsx';
import { PhotoState } from './photo-state.tsx';
import { type AddPhotos, PHOTOS_AT_ONCE_MAX, useAddPhotos } from './use-add-photos.ts';
import styles from './photos.module.css';

/**
 * The photos of one thing, and the way to add more: choose, take, paste or drop. Put it wherever that thing is shown:
 *
 *     <PhotoStrip subject={{ kind: 'product', id }} />
 *     <PhotoStrip subject={{ kind: 'delivery', id, siteId }} />
 *     <PhotoStrip subject={{ kind: 'count_line', id, siteId }} />
 *
 * It needs nothing else: it reads, adds, shows large, removes and takes back by itself, with no network too. It brings no
 * heading; it is a group called "Photos". A photo may be added before the server knows the line of a count, as long as the
 * line's id is the one that it will have. Give it a `key` if the subject changes while it is mounted.
 */
export function PhotoStrip({ subject }: { subject: PhotoSubject }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data: photos = [], error } = useQuery(trpc.photos.list.queryOptions({ subject }));
  const adding = useAddPhotos(subject);
  const [shown, setShown] = useState<string | null>(null);
  useReturnFocus(shown !== null);
  const [removed, setRemoved] = useState<Done | null>(null);
  const [isOver, setOver] = useState(false);

  const add = (files: Iterable<Blob>): void => {
    setRemoved(null);
    adding.add(files);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = picturesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  const nameOf = (at: number): string =>
    photos[at]?.caption ??
    t('photos.nth', {
      number: formats.number(at + 1),
      total: formats.number(photos.length),
    });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping and pasting; the buttons do the same
    <div
      role="group"
      aria-label={t('photos.title')}
      className={styles['strip']}
      data-over={isOver || undefined}
      onPaste={onPaste}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {photos.length > 0 && (
        <ul className={styles['photos']}>
          {photos.map((photo, at) => (
            <li key={photo.id}>
              <button type="button" className={styles['photo']} onClick={() => setShown(photo.id)}>
                <PhotoImage hash={photo.hash} alt={nameOf(at)} size="small" />
              </button>
              <PhotoState photo={photo} />
            </li>
          ))}
        </ul>
      )}
      <AddPhoto onFiles={add} isAdding={adding.isAdding} />
      <AddProblem problem={adding.problem} />
      <DoneNote done={removed ?? doneOf(adding, t('photos.added', addedWords(adding, formats)))} />
      {shown !== null && (
        <PhotoDialog
          subject={subject}
          photos={photos}
          shown={shown}
          nameOf={nameOf}
          onShow={setShown}
          onRemoved={(operationId) => {
            setShown(null);
            setRemoved({ operationId, words: t('photos.removed') });
          }}
        />
      )}
    </div>
  );
}

function AddProblem({ problem }: { problem: AddPhotos['problem'] }) {
  const { t } = useTranslation();
  if (problem === null) return null;
  if (problem === 'notAPhoto') return <p role="alert">{t('photos.notAPhoto')}</p>;
  if (problem === 'tooMany') {
    return <p role="alert">{t('photos.tooMany', { count: PHOTOS_AT_ONCE_MAX })}</p>;
  }
  return <ErrorWords error={problem} />;
}

function addedWords({ added }: AddPhotos, formats: ReturnType<typeof useFormats>) {
  return { count: added, formatted: formats.number(added) };
}

/** Several are several operations, each of which is taken back by removing it. */
function doneOf({ added, operationId, isAdding }: AddPhotos, words: string): Done | null {
  if (added === 0 || isAdding) return null;
  return { operationId: added === 1 ? operationId : null, words };
}

function picturesOf(clipboard: DataTransfer): File[] {
  return [...clipboard.files].filter(({ type }) => type.startsWith('image/'));
}
