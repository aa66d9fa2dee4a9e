import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoView } from '../../shared/desktop/photo-views.ts';
import { useWriteRecords } from '../records/use-write-records.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './photos.module.css';

const CAPTION_LENGTH_MAX = 4_000;

interface PhotoCaptionProps {
  photo: PhotoView;
  entity: 'product_photo' | 'site_photo';
}

/** What somebody wrote under a photo. Enter keeps it. */
export function PhotoCaption({ photo, entity }: PhotoCaptionProps) {
  const { t } = useTranslation();
  const { write, saving, error } = useWriteRecords();
  // As it was when the person began: a sync may bring another one meanwhile.
  const [seen, setSeen] = useState(photo.caption);
  const [text, setText] = useState(photo.caption ?? '');
  const caption = text.trim().normalize('NFC') || null;
  const isChanged = caption !== seen;
  const save = (): void => {
    if (saving || !isChanged) return;
    const change = { kind: 'update', entity, id: photo.id, fields: { caption } } as const;
    write({ ...change, seen: { caption: seen } }).then(
      () => setSeen(caption),
      // The error is shown below; what was typed stays.
      () => undefined,
    );
  };
  return (
    <form
      className={styles['caption']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        size="md"
        label={t('photos.caption')}
        maxLength={CAPTION_LENGTH_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" aria-disabled={saving || !isChanged || undefined}>
        {t('records.save')}
      </Button>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
    </form>
  );
}
