import type { VirtualItem } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ProductRow } from './product-row.tsx';
import styles from './catalogue.module.css';

/** Rows are named by place, because the selection is a place in the list. */
export function optionId(index: number): string {
  return `product-${index}`;
}

interface ProductOptionProps {
  /** Undefined while its page is being read. */
  item: ProductListItem | undefined;
  row: VirtualItem;
  /** In pixels of the element that scrolls. */
  top: number;
  total: number | null;
  isActive: boolean;
  onOpen: (index: number) => void;
}

export function ProductOption({ item, row, top, total, isActive, onOpen }: ProductOptionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div
      id={optionId(row.index)}
      role="option"
      aria-selected={isActive}
      aria-setsize={total ?? -1}
      aria-posinset={row.index + 1}
      aria-disabled={item ? undefined : true}
      aria-label={item ? undefined : t('catalogue.loadingRow')}
      className={styles['row']}
      style={{ height: row.size, transform: `translateY(${top}px)` }}
      onClick={item ? () => onOpen(row.index) : undefined}
    >
      {item ? (
        <ProductRow item={item} formats={formats} />
      ) : (
        <span className={styles['skeleton']} />
      )}
    </div>
  );
}
