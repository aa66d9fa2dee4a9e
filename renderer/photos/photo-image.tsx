import { IconCloudOff, IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Picture } from './picture.tsx';
import { usePhotoSource } from './use-photo-source.ts';
import styles from './photos.module.css';

interface PhotoImageProps {
  hash: string;
  alt: string;
  size: 'small' | 'large';
}

/** A photo, or in words why there is none to see. */
export function PhotoImage({ hash, alt, size }: PhotoImageProps) {
  const { t } = useTranslation();
  const source = usePhotoSource(hash);
  const className = styles[size] ?? '';
  switch (source.kind) {
    case 'here':
      return <Picture photo={source} alt={alt} className={className} />;
    case 'loading':
      return (
        <span className={className} data-empty>
          <span className="quiet">{t('photos.loading')}</span>
        </span>
      );
    case 'absent':
      return (
        <span className={className} data-empty>
          <IconCloudOff aria-hidden size={24} stroke={1.6} />
          <span>{t(`photos.absent.${source.why}`)}</span>
        </span>
      );
    case 'failed':
      return (
        <span className={className} data-empty>
          <IconPhotoOff aria-hidden size={24} stroke={1.6} />
          <span>{t('photos.broken')}</span>
        </span>
      );
  }
}
