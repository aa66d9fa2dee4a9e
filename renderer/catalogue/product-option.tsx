import type { TFunction } from 'i18next';
import { memo } from 'react';
import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import type { Formats } from '../i18n/formats.ts';
import { ProductRow } from './product-row.tsx';
import styles from './catalogue.module.css';

/** Rows are named by place, because the selection is a place in the list. */
export function optionId(index: number): string {
  return `product-${index}`;
}

interface ProductOptionProps {
  /** Undefined while its page is being read. */
  item: ProductListItem | undefined;
  index: number;
  height: number;
  /** In pixels of the element that scrolls. */
  top: number;
  total: number | null;
  isActive: boolean;
  onOpen: (index: number) => void;
  /** Given by the list: asking for them in each of the rows takes a good part of drawing it. */
  t: TFunction;
  formats: Formats;
}

/** Memoised: the list is drawn again for things that concern no row. */
export const ProductOption = memo(function ProductOption(props: ProductOptionProps) {
  const { item, index, height, top, total, isActive, onOpen, t, formats } = props;
  return (
    <div
      id={optionId(index)}
      role="option"
      aria-selected={isActive}
      aria-setsize={total ?? -1}
      aria-posinset={index + 1}
      aria-disabled={item ? undefined : true}
      aria-label={item ? undefined : t('catalogue.loadingRow')}
      className={styles['row']}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={item ? () => onOpen(index) : undefined}
    >
      {item ? (
        <ProductRow item={item} t={t} formats={formats} />
      ) : (
        <span className={styles['skeleton']} />
      )}
    </div>
  );
});
