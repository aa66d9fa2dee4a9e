import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { Preview } from './movement-draft.ts';
import styles from './stock.module.css';

/** What the quantities will be, before anything is recorded. */
export function MovementPreview({ lines, unit }: { lines: readonly Preview[]; unit: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles['preview']} aria-live="polite">
      {lines.map(({ code, before, after }) => (
        <p key={code} data-below={after < 0 || undefined}>
          <span>{t('stock.willBe', { code })}</span>
          <span className="number">
            {formats.number(before)} <IconArrowRight aria-hidden size={16} />{' '}
            <strong>
              {formats.number(after)} {unit}
            </strong>
          </span>
          {after < 0 && <em>{t('stock.belowZero')}</em>}
        </p>
      ))}
    </div>
  );
}
