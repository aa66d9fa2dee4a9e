import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { Suspense, useMemo, useRef } from 'react';
import { lazyPart } from '../shell/lazy-part.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useRowHeight } from '../use-row-height.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { CatalogueEmpty } from './catalogue-empty.tsx';
import { FilterDrawer } from './filter-drawer.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { type ListHandle, ProductList } from './product-list.tsx';
import { ResultLine } from './result-line.tsx';
import { SearchField } from './search-field.tsx';
import { looksLikeBarcode } from './search-text.ts';
import { useFilterChoice, useListPlace, useSearchText } from './session.tsx';
import { useCatalogueList } from './use-catalogue-list.ts';
import { useListSelection } from './use-list-selection.ts';
import { useOpenProduct } from './use-open-product.ts';
import { useSearchHotkeys } from './use-search-hotkeys.ts';
import styles from './catalogue.module.css';

const CatalogueExport = lazyPart(() => import('./catalogue-export.tsx'));

/** Long enough to skip the letters in the middle of a scan or a fast word, too short to be felt. */
const TYPING_PAUSE_MS = 45;
const ROW_HEIGHT = 60;
const WIDE = '(min-width: 69em)';

/** Search field, filters and list, held together: one selection, one place to come back to. */
export function CatalogueBrowser() {
  const { text: typedText, setText } = useSearchText();
  const { filter } = useFilterChoice();
  const { rememberPlace } = useListPlace();
  const [text] = useDebouncedValue(typedText.trim(), TYPING_PAUSE_MS);
  const list = useCatalogueList(useMemo(() => ({ text, filter }), [text, filter]));
  const { open, openScanned, unknownCode, forgetUnknown } = useOpenProduct();
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const rowHeight = useRowHeight(ROW_HEIGHT);
  const field = useRef<HTMLInputElement>(null);
  const handle = useRef<ListHandle>(null);
  useSearchHotkeys(field);

  const openIndex = async (index: number): Promise<void> => {
    const item = await list.itemAt(index);
    if (!item) return;
    rememberPlace({ activeIndex: index });
    open(item.id);
  };
  const openTyped = async (): Promise<void> => {
    const typed = typedText.trim();
    if (typed === '' || (await openScanned(typed)) || looksLikeBarcode(typed)) return;
    // The list may still answer an earlier text: then Enter must not open the wrong product.
    if (typed === text && !list.isSuperseded) await openIndex(0);
  };
  const changeText = (next: string): void => {
    setText(next);
    forgetUnknown();
    select(-1);
    handle.current?.show(0);
  };
  const { active, select, onKeyDown } = useListSelection({
    length: list.length,
    handle,
    onEnter: (index) => {
      void (index >= 0 ? openIndex(index) : openTyped());
    },
    onEscape: () => changeText(''),
  });
  const onListKey = useStableCallback(onKeyDown);
  const openRow = useStableCallback((index: number) => void openIndex(index));

  return (
    <div className={styles['screen']}>
      {isWide && <FilterPanel waits={list.isPending} />}
      <section className={styles['content']}>
        <div className={styles['tools']}>
          <SearchField
            field={field}
            text={typedText}
            onText={changeText}
            onKeyDown={onKeyDown}
            active={active}
            busy={list.isSuperseded}
            hasList={list.length > 0 || list.isPending}
          />
          {!isWide && <FilterDrawer />}
        </div>
        <div className={styles['found']}>
          <ResultLine list={list} unknownCode={unknownCode} />
          {list.length > 0 && (
            <Suspense>
              <CatalogueExport question={list.question} />
            </Suspense>
          )}
        </div>
        {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
        {list.length === 0 && !list.isPending ? (
          <CatalogueEmpty text={text} onClearText={() => changeText('')} />
        ) : (
          <ProductList
            // Other filters are another list, which starts at its top.
            key={`${rowHeight} ${JSON.stringify(filter)}`}
            list={list}
            rowHeight={rowHeight}
            active={active}
            onOpen={openRow}
            onKeyDown={onListKey}
            handle={handle}
          />
        )}
      </section>
    </div>
  );
}
