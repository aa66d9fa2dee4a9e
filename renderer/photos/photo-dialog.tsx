import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoSubject, PhotoView } from '../../shared/desktop/photo-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PhotoCaption } from './photo-caption.tsx';
import { PhotoImage } from './photo-image.tsx';
import { PhotoState } from './photo-state.tsx';
import styles from './photos.module.css';

interface PhotoDialogProps {
  subject: PhotoSubject;
  photos: readonly PhotoView[];
  /** Id of the one that is shown. */
  shown: string;
  nameOf: (at: number) => string;
  /** Null closes. */
  onShow: (id: string | null) => void;
  onRemoved: (operationId: string | null) => void;
}

/** One photo, large. Left and right go to the others, Escape closes. */
export function PhotoDialog(props: PhotoDialogProps) {
  const { subject, photos, shown, nameOf, onShow, onRemoved } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const remove = useMutation(trpc.photos.remove.mutationOptions());
  const at = photos.findIndex(({ id }) => id === shown);
  const photo = photos[at];
  if (!photo) return null;
  const step = (by: number): void => {
    const next = photos[at + by];
    if (next) onShow(next.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // In the caption they move the cursor.
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  return (
    <Modal
      opened
      size="xl"
      onClose={() => onShow(null)}
      title={t('photos.nth', {
        number: formats.number(at + 1),
        total: formats.number(photos.length),
      })}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
      onKeyDown={onKeyDown}
    >
      <div className={styles['dialog']}>
        <div className={styles['stage']}>
          {photos.length > 1 && <Step to="previous" isPossible={at > 0} onStep={() => step(-1)} />}
          <PhotoImage key={photo.hash} hash={photo.hash} alt={nameOf(at)} size="large" />
          {photos.length > 1 && (
            <Step to="next" isPossible={at < photos.length - 1} onStep={() => step(1)} />
          )}
        </div>
        <p className={styles['facts']}>
          <span>{formats.dateTime(photo.takenAt)}</span>
          <span>{formats.bytes(photo.bytes)}</span>
          {photo.isUnsent ? <PhotoState photo={photo} /> : <span>{t('photos.sent')}</span>}
        </p>
        <PhotoCaption
          key={photo.id}
          photo={photo}
          entity={subject.kind === 'product' ? 'product_photo' : 'site_photo'}
        />
        {remove.error && <ErrorWords error={wireErrorOf(remove.error)} />}
        <Button
          variant="subtle"
          className={styles['remove'] ?? ''}
          leftSection={<IconTrash aria-hidden size={18} />}
          aria-disabled={remove.isPending || undefined}
          onClick={() => {
            if (remove.isPending) return;
            remove.mutate(
              { id: photo.id },
              { onSuccess: ({ operationId }) => onRemoved(operationId) },
            );
          }}
        >
          {t('photos.remove')}
        </Button>
      </div>
    </Modal>
  );
}

function Step({
  to,
  isPossible,
  onStep,
}: {
  to: 'previous' | 'next';
  isPossible: boolean;
  onStep: () => void;
}) {
  const { t } = useTranslation();
  const Icon = to === 'previous' ? IconChevronLeft : IconChevronRight;
  return (
    <ActionIcon
      variant="default"
      size={44}
      aria-label={t(`photos.${to}`)}
      aria-disabled={!isPossible || undefined}
      onClick={onStep}
    >
      <Icon aria-hidden size={22} />
    </ActionIcon>
  );
}
