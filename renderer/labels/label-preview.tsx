import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { LabelDrawing } from './compose-label.ts';
import { type LabelLayout, layOutLabels, type PlacedLabel } from './label-layout.ts';
import { LabelPage } from './label-page.tsx';
import styles from './labels.module.css';

interface LabelPreviewProps {
  layout: LabelLayout;
  pages: readonly (readonly PlacedLabel<LabelDrawing>[])[];
}

/** What will come out of the printer, page by page, true to scale. */
export function LabelPreview({ layout, pages }: LabelPreviewProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [wanted, setWanted] = useState(0);
  const at = Math.max(0, Math.min(wanted, pages.length - 1));
  const perPage = layout.columns * layout.rows;
  const [outlines] = layOutLabels(layout, Array<null>(perPage).fill(null), 0);
  const words = t('labels.pageOf', { page: number(at + 1), pages: number(pages.length) });
  return (
    <>
      <div className={styles['preview']}>
        <LabelPage layout={layout} labels={pages[at] ?? []} outlines={outlines} label={words} />
      </div>
      {pages.length > 1 && (
        <div className={styles['pager']}>
          <ActionIcon
            variant="default"
            size={44}
            aria-label={t('labels.pageBefore')}
            disabled={at === 0}
            onClick={() => setWanted(at - 1)}
          >
            <IconChevronLeft aria-hidden size={20} />
          </ActionIcon>
          <span role="status">{words}</span>
          <ActionIcon
            variant="default"
            size={44}
            aria-label={t('labels.pageAfter')}
            disabled={at === pages.length - 1}
            onClick={() => setWanted(at + 1)}
          >
            <IconChevronRight aria-hidden size={20} />
          </ActionIcon>
        </div>
      )}
    </>
  );
}
