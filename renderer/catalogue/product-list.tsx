import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  useVirtualizer,
} from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { ListHeader } from './list-header.tsx';
import { optionId, ProductOption } from './product-option.tsx';
import { useListPlace } from './session.tsx';
import type { CatalogueList } from './use-catalogue-list.ts';
import { offsetToShow, type TallList, tallList } from './tall-list.ts';
import { useItemsInView } from './use-items-in-view.ts';
import styles from './catalogue.module.css';

export const LIST_ID = 'product-list';
const OVERSCAN_ROWS = 10;

/** What the search field may ask of the list. */
export interface ListHandle {
  show: (index: number) => void;
  pageRows: () => number;
}

interface ProductListProps {
  list: CatalogueList;
  /** In pixels. Another height is another list: give it another key. */
  rowHeight: number;
  active: number;
  onOpen: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  handle: RefObject<ListHandle | null>;
}

/** The whole match list as a list box of which only the rows in view exist. Memoised: typing does not draw it. */
export const ProductList = memo(function ProductList(props: ProductListProps) {
  const { list, rowHeight, active, onOpen, onKeyDown, handle } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { place, rememberPlace } = useListPlace();
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((draws: number) => draws + 1, 0);
  const viewHeight = (): number => scroller.current?.clientHeight ?? 0;
  // The virtualizer keeps the callbacks of its first render, so they ask here how long the list is by now.
  const length = useRef(list.length);
  useLayoutEffect(() => {
    length.current = list.length;
  });
  const tall = (): TallList => tallList(length.current * rowHeight, viewHeight());
  const virtualizer = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    initialOffset: () => place().offset,
    observeElementOffset: (instance, onOffset) =>
      observeElementOffset(instance, (scrollTop, isScrolling) =>
        onOffset(tall().rowsPixels(scrollTop), isScrolling),
      ),
    scrollToFn: (offset, options, instance) =>
      elementScroll(tall().scrollTop(offset), options, instance),
    // The selected row exists even when scrolled away: a screen reader follows its id.
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return active < 0 || active >= list.length || inView.includes(active)
        ? inView
        : [...inView, active].toSorted((a, b) => a - b);
    },
  });
  const rows = virtualizer.getVirtualItems();
  const itemInView = useItemsInView(
    list,
    rows.map(({ index }) => index),
  );
  useEffect(() => {
    handle.current = {
      show: (index) => {
        const offset = offsetToShow(index, {
          rowHeight,
          viewHeight: viewHeight(),
          offset: virtualizer.scrollOffset ?? 0,
        });
        // Not `scrollToIndex`, which knows nothing of lists taller than their element.
        if (offset !== null) scroller.current?.scrollTo({ top: tall().scrollTop(offset) });
      },
      pageRows: () => Math.max(1, Math.floor(viewHeight() / rowHeight) - 1),
    };
    return () => {
      handle.current = null;
    };
  });

  const offset = virtualizer.scrollOffset ?? 0;
  const { elementHeight, scrollTop } = tallList(list.length * rowHeight, viewHeight());
  // Rows of a list taller than its element hang from the place that is in view.
  const shift = offset - scrollTop(offset);

  return (
    <div className={styles['table']}>
      <ListHeader />
      <div
        ref={scroller}
        id={LIST_ID}
        className={styles['scroller']}
        role="listbox"
        aria-label={t('catalogue.list')}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={() => {
          rememberPlace({ offset: virtualizer.scrollOffset ?? 0 });
          if (shift !== 0) redraw();
        }}
        data-superseded={list.isSuperseded || undefined}
      >
        <div role="presentation" className={styles['rows']} style={{ height: elementHeight }}>
          {rows.map((row) => (
            <ProductOption
              key={row.key}
              item={itemInView(row.index)}
              index={row.index}
              height={row.size}
              top={row.start - shift}
              total={list.total}
              isActive={row.index === active}
              onOpen={onOpen}
              t={t}
              formats={formats}
            />
          ))}
        </div>
      </div>
    </div>
  );
});
