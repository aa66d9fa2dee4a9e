import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './admin.module.css';

const PART = 50;

interface ShownInPartsProps<T> {
  items: readonly T[];
  /** What stands there if there are none. */
  empty: string;
  children: (shown: readonly T[]) => ReactNode;
}

/** A list that is here as a whole and may be too long to draw at once. */
export function ShownInParts<T>({ items, empty, children }: ShownInPartsProps<T>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [shown, setShown] = useState(PART);
  if (items.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <>
      {children(items.slice(0, shown))}
      <p className={styles['shown']}>
        {t('admin.shown', {
          shown: formats.number(Math.min(shown, items.length)),
          total: formats.number(items.length),
        })}
        {items.length > shown && (
          <Button variant="default" onClick={() => setShown(shown + PART)}>
            {t('records.more')}
          </Button>
        )}
      </p>
    </>
  );
}
