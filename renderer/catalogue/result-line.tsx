import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import type { CatalogueList } from './use-catalogue-list.ts';
import styles from './catalogue.module.css';

/** How many products match, said aloud too, and what else matters about the list. */
export const ResultLine = memo(function ResultLine({
  list,
  unknownCode,
}: {
  list: CatalogueList;
  unknownCode: string | null;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { total } = list;
  const isFilling = useSyncStatus(
    ({ running, lastSuccessAt }) => running !== null && lastSuccessAt === null,
  );
  const counted =
    total === null
      ? t('catalogue.searching')
      : t('catalogue.count', { count: total, formatted: formats.number(total) });
  return (
    <div className={styles['results']}>
      <p role="status" aria-live="polite" className="number">
        {unknownCode === null ? (
          counted
        ) : (
          <strong className={styles['unknown']}>
            {t('catalogue.barcodeUnknown', { code: unknownCode })}
          </strong>
        )}
      </p>
      {isFilling && <p className="quiet">{t('catalogue.filling')}</p>}
    </div>
  );
});
