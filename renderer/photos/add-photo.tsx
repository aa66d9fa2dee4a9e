import { Button } from '@mantine/core';
import { IconCamera, IconPhotoPlus } from '@tabler/icons-react';
import { type ChangeEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './photos.module.css';

interface AddPhotoProps {
  onFiles: (files: Iterable<File>) => void;
  isAdding: boolean;
}

/** Opens the files of this machine; on one that is touched, its camera too. */
export function AddPhoto({ onFiles, isAdding }: AddPhotoProps) {
  const { t } = useTranslation();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    onFiles([...(event.currentTarget.files ?? [])]);
    // The same file again is a choice, too.
    event.currentTarget.value = '';
  };
  return (
    <div className={styles['actions']}>
      <Button
        variant="light"
        leftSection={<IconPhotoPlus aria-hidden size={18} />}
        aria-disabled={isAdding || undefined}
        onClick={() => files.current?.click()}
      >
        {t(isAdding ? 'photos.adding' : 'photos.add')}
      </Button>
      <Button
        variant="default"
        className={styles['camera'] ?? ''}
        leftSection={<IconCamera aria-hidden size={18} />}
        aria-disabled={isAdding || undefined}
        onClick={() => camera.current?.click()}
      >
        {t('photos.take')}
      </Button>
      <input
        ref={files}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('photos.choose')}
        onChange={take}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('photos.take')}
        onChange={take}
      />
      <p className="quiet">{t('photos.hint')}</p>
    </div>
  );
}
