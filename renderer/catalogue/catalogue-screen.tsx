import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { CatalogueEmpty } from './catalogue-empty.tsx';
import { FilterDrawer } from './filter-drawer.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { FirstRun } from './first-run.tsx';
import { isListKey, nextActiveIndex } from './list-keys.ts';
import { type ListHandle, ProductList } from './product-list.tsx';
import { ResultLine } from './result-line.tsx';
import { SearchField } from './search-field.tsx';
import { looksLikeBarcode } from './search-text.ts';
import { useCatalogueSession } from './session.tsx';
import { useCatalogueList } from './use-catalogue-list.ts';
import { useOpenProduct } from './use-open-product.ts';
import { useSearchHotkeys } from './use-search-hotkeys.ts';
import styles from './catalogue.module.css';

/** Long enough to skip the letters in the middle of a scan or a fast word, too short to be felt. */
const TYPING_PAUSE_MS = 45;
const WIDE = '(min-width: 69em)';

export function CatalogueScreen() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: status, isPending } = useQuery(trpc.sync.status.queryOptions());
  const network = useNetwork();
  if (isPending) return null;
  const hasData = (status?.scopes.length ?? 0) > 0;
  if (status && !hasData && (status.lastSuccessAt === null || network?.cause === 'noServerSet')) {
    return <FirstRun />;
  }
  return (
    <>
      <VisuallyHidden component="h1">{t('catalogue.title')}</VisuallyHidden>
      <CatalogueBrowser />
    </>
  );
}

function CatalogueBrowser() {
  const session = useCatalogueSession();
  const [text] = useDebouncedValue(session.text.trim(), TYPING_PAUSE_MS);
  const list = useCatalogueList({ text, filter: session.filter });
  const { open, openScanned, unknownCode, forgetUnknown } = useOpenProduct();
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const field = useRef<HTMLInputElement>(null);
  const handle = useRef<ListHandle>(null);
  const [active, setActive] = useState(session.activeIndex.current);
  useSearchHotkeys(field);

  const select = (index: number): void => {
    session.activeIndex.current = index;
    setActive(index);
  };
  const changeText = (next: string): void => {
    session.setText(next);
    forgetUnknown();
    setActive(-1);
    handle.current?.show(0);
  };
  const openIndex = (index: number): void => {
    const item = list.items[index];
    if (!item) return;
    select(index);
    open(item.id);
  };
  const onEnter = async (): Promise<void> => {
    if (active >= 0) return openIndex(active);
    const typed = session.text.trim();
    if (typed === '' || (await openScanned(typed)) || looksLikeBarcode(typed)) return;
    // The list may still answer an earlier text: then Enter must not open the wrong product.
    if (typed === text && !list.isSuperseded) openIndex(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void onEnter();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (active >= 0) select(-1);
      else changeText('');
    } else if (isListKey(event, active, session.text)) {
      const next = nextActiveIndex(event.key, active, {
        length: list.length,
        pageRows: handle.current?.pageRows() ?? 1,
      });
      if (next === null) return;
      event.preventDefault();
      select(next);
      handle.current?.show(next);
    }
  };

  return (
    <div className={styles['screen']}>
      {isWide && <FilterPanel />}
      <section className={styles['content']}>
        <div className={styles['tools']}>
          <SearchField
            field={field}
            text={session.text}
            onText={changeText}
            onKeyDown={onKeyDown}
            active={active}
            busy={list.isSuperseded}
            hasList={list.length > 0 || list.isPending}
          />
          {!isWide && <FilterDrawer />}
        </div>
        <ResultLine list={list} unknownCode={unknownCode} />
        {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
        {list.length === 0 && !list.isPending ? (
          <CatalogueEmpty text={text} onClearText={() => changeText('')} />
        ) : (
          <ProductList
            // A new question starts at the top; the same one asked again keeps its place.
            key={JSON.stringify(session.filter)}
            list={list}
            active={active}
            onOpen={openIndex}
            onKeyDown={onKeyDown}
            handle={handle}
            scrollTop={session.scrollTop}
          />
        )}
      </section>
    </div>
  );
}
