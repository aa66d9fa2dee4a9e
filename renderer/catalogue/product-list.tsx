import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { ListHeader } from './list-header.tsx';
import { ProductRow } from './product-row.tsx';
import type { CatalogueList } from './use-catalogue-list.ts';
import styles from './catalogue.module.css';

export const LIST_ID = 'product-list';
const ROW_HEIGHT = 60;
const OVERSCAN_ROWS = 10;

export function rowId(index: number): string {
  return `product-${index}`;
}

/** What the search field may ask of the list. */
export interface ListHandle {
  show: (index: number) => void;
  pageRows: () => number;
}

interface ProductListProps {
  list: CatalogueList;
  active: number;
  onOpen: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  handle: RefObject<ListHandle | null>;
  /** Kept by the session, so that coming back shows the same rows. */
  scrollTop: RefObject<number>;
}

/** The whole match list as a list box of which only the rows in view exist. Keys work from the search field too. */
export function ProductList(props: ProductListProps) {
  const { list, active, onOpen, onKeyDown, handle, scrollTop } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    // The selected row exists even when scrolled away: a screen reader follows its id.
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return active < 0 || active >= list.length || inView.includes(active)
        ? inView
        : [...inView, active].toSorted((a, b) => a - b);
    },
    initialOffset: scrollTop.current,
    getItemKey: (index) => list.items[index]?.id ?? index,
  });
  const rows = virtualizer.getVirtualItems();

  const lastNeeded = rows.at(-1)?.index ?? 0;
  const { canReadMore, readMore, items } = list;
  useEffect(() => {
    if (canReadMore && lastNeeded >= items.length - 1) readMore();
  }, [canReadMore, readMore, lastNeeded, items.length]);

  useEffect(() => {
    handle.current = {
      show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
      pageRows: () =>
        Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1),
    };
    return () => {
      handle.current = null;
    };
  }, [handle, virtualizer]);

  return (
    <div className={styles['table']}>
      <ListHeader />
      <div
        ref={scroller}
        className={styles['scroller']}
        onScroll={(event) => {
          scrollTop.current = event.currentTarget.scrollTop;
        }}
        id={LIST_ID}
        role="listbox"
        aria-label={t('catalogue.list')}
        aria-activedescendant={active >= 0 ? rowId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-superseded={list.isSuperseded || undefined}
      >
        <div
          role="presentation"
          className={styles['rows']}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {rows.map((row) => {
            const item = list.items[row.index];
            return (
              <div
                key={row.key}
                id={rowId(row.index)}
                role="option"
                aria-selected={row.index === active}
                aria-setsize={list.total ?? -1}
                aria-posinset={row.index + 1}
                aria-disabled={item ? undefined : true}
                aria-label={item ? undefined : t('catalogue.loadingRow')}
                className={styles['row']}
                style={{ height: row.size, transform: `translateY(${row.start}px)` }}
                onClick={item ? () => onOpen(row.index) : undefined}
              >
                {item ? (
                  <ProductRow item={item} formats={formats} />
                ) : (
                  <span className={styles['skeleton']} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
