import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './settings.module.css';

export function SettingsSection({
  title,
  text,
  error,
  children,
}: {
  title: string;
  text?: string | undefined;
  error?: unknown;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['title']}>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div className={styles['fields']}>
        {children}
        {error !== null && error !== undefined && (
          <p role="alert" className={styles['error']}>
            {t('settings.saveFailed', { reason: t(`error.${wireErrorOf(error).code}.title`) })}
          </p>
        )}
      </div>
    </section>
  );
}
