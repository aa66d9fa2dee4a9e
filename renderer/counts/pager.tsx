import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './counts.module.css';

interface PagerProps {
  offset: number;
  total: number;
  /** Rows of a page. */
  page: number;
  onOffset: (offset: number) => void;
}

/** The way through a long list. Nothing if all of it is shown. */
export function Pager({ offset, total, page, onOffset }: PagerProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (total <= page) return null;
  const last = Math.min(offset + page, total);
  return (
    <nav className={styles['pager']} aria-label={t('counts.pages')}>
      <Button
        variant="default"
        leftSection={<IconChevronLeft aria-hidden size={18} />}
        aria-disabled={offset === 0 || undefined}
        onClick={() => onOffset(Math.max(0, offset - page))}
      >
        {t('counts.previous')}
      </Button>
      <span role="status">
        {t('counts.range', {
          from: formats.number(offset + 1),
          to: formats.number(last),
          total: formats.number(total),
        })}
      </span>
      <Button
        variant="default"
        rightSection={<IconChevronRight aria-hidden size={18} />}
        aria-disabled={last === total || undefined}
        onClick={() => {
          if (last < total) onOffset(offset + page);
        }}
      >
        {t('counts.next')}
      </Button>
    </nav>
  );
}
