import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhotoView } from '../../shared/desktop/photo-views.ts';
import styles from './photos.module.css';

/** In words, whether others can see it yet. Nothing for one that was sent. */
export function PhotoState({ photo }: { photo: PhotoView }) {
  const { t } = useTranslation();
  if (!photo.isUnsent) return null;
  return (
    <span className={styles['state']} data-tone={photo.problem === null ? 'waiting' : 'problem'}>
      {photo.problem === null ? (
        <IconUpload aria-hidden size={14} />
      ) : (
        <IconAlertTriangle aria-hidden size={14} />
      )}
      {t(photo.problem === null ? 'photos.unsent' : 'photos.refused')}
    </span>
  );
}
