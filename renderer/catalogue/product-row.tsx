import type { TFunction } from 'i18next';
import { memo } from 'react';
import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import type { Formats } from '../i18n/formats.ts';
import { stockStateOf } from './stock-state.ts';
import styles from './catalogue.module.css';

/** One product in the list. Memoised: a scroll draws only rows that come into view. */
export const ProductRow = memo(function ProductRow({
  item,
  t,
  formats,
}: {
  item: ProductListItem;
  t: TFunction;
  formats: Formats;
}) {
  const stock = stockStateOf(item);
  return (
    <>
      <span className={styles['product']}>
        <span className={styles['name']}>{item.name}</span>
        <span className={styles['codes']}>
          <span>{item.sku}</span>
          {item.barcodes[0] !== undefined && <span>{item.barcodes[0]}</span>}
          {item.archived && <span className={styles['tag']}>{t('catalogue.archived')}</span>}
        </span>
      </span>
      <span className={styles['category']}>{item.category}</span>
      <span className={styles['brand']}>{item.brand}</span>
      <span className={styles['onHand']}>
        {(stock === 'low' || stock === 'out') && (
          <span className={styles['stock']} data-stock={stock}>
            {t(`catalogue.stock.${stock}`)}
          </span>
        )}
        {item.onHand === null ? '–' : formats.number(item.onHand)}
        <span className={styles['unit']}>{item.unit}</span>
      </span>
      <span className={styles['price']}>
        {item.priceMinor === null || item.currency === null
          ? '–'
          : formats.money(item.priceMinor, item.currency)}
      </span>
    </>
  );
});
