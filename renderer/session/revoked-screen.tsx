import { IconCircleCheck, IconDeviceLaptopOff, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './session.module.css';

/** An administrator has withdrawn the laptop: what happens to the work on it, and when that is over. */
export function RevokedScreen({ waiting, cleared }: { waiting: number; cleared: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Icon = cleared ? IconCircleCheck : IconHourglass;
  const handingOver =
    waiting === 0
      ? t('session.revoked.clearing')
      : t('session.revoked.waiting', { count: waiting, formatted: formats.number(waiting) });
  return (
    <section className={styles['card']}>
      <IconDeviceLaptopOff aria-hidden size={40} className={styles['emblem']} />
      <h1>{t('session.revoked.title')}</h1>
      <p className="quiet">{t('session.revoked.text')}</p>
      <p role="status" className={styles['progress']} data-done={cleared || undefined}>
        <Icon aria-hidden size={22} />
        <span>{cleared ? t('session.revoked.cleared') : handingOver}</span>
      </p>
    </section>
  );
}
