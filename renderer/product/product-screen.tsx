import { Button } from '@mantine/core';
import { IconArrowLeft, IconPackageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import { stockStateOf } from '../catalogue/stock-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { MovementList } from '../stock/movement-list.tsx';
import { WaitingChange } from '../stock/waiting-change.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PhotoStrip } from '../photos/photo-strip.tsx';
import { ProductFacts } from './product-facts.tsx';
import { ProductNote } from './product-note.tsx';
import { ProductPacks } from './product-packs.tsx';
import { ProductStock } from './product-stock.tsx';
import styles from './product.module.css';

/** One product. Escape and the button lead back to the same place in the list. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ProductScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [, navigate] = useLocation();
  const { data, error, isPending } = useQuery(trpc.catalogue.product.queryOptions({ id }));

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // It closed a dialog, or a list in one, and nothing behind that.
      const isInDialog = event.target instanceof Element && event.target.closest('[role="dialog"]');
      if (!isInDialog) navigate('/catalogue');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigate]);

  return (
    <div className={styles['page']}>
      <Button
        component={Link}
        href="/catalogue"
        variant="subtle"
        className={styles['back'] ?? ''}
        leftSection={<IconArrowLeft aria-hidden size={20} />}
      >
        {t('product.back')}
      </Button>
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {!isPending && !error && !data && (
        <EmptyState
          icon={<IconPackageOff aria-hidden size={44} stroke={1.4} />}
          title={t('product.missing')}
          text={t('product.missingHint')}
        />
      )}
      {data && <Details product={data} />}
    </div>
  );
}

function Details({ product }: { product: ProductDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data: stock, error } = useQuery(
    trpc.stock.ofProduct.queryOptions({ productId: product.id }),
  );
  // What the laptop's own movements made of it; until that is read, what the list showed.
  const onHand = product.onHand === null ? null : (stock?.onHand ?? product.onHand);
  const state = stockStateOf({ onHand, minStock: product.minStock });
  const scanned = useScannedPack(product);
  return (
    <article className={styles['product']}>
      <header className={styles['head']}>
        <div>
          {product.categoryPath.length > 0 && (
            <p className={styles['path']}>
              {product.categoryPath.map(({ name }) => name).join(' › ')}
            </p>
          )}
          <h1>{product.name}</h1>
          <p className={styles['under']}>
            <span>{product.sku}</span>
            {product.brand !== null && <span>{product.brand}</span>}
            {product.archived && <span className={styles['tag']}>{t('catalogue.archived')}</span>}
          </p>
          {scanned && (
            <p role="status" className={styles['scanned']}>
              {t('product.scanned', {
                code: scanned.code,
                formatted: formats.number(scanned.packQuantity),
                unit: product.unit,
              })}
            </p>
          )}
        </div>
        <p className={styles['onHand']} data-stock={state}>
          <span>{t(`product.state.${state}`)}</span>
          <strong className="number">
            {onHand === null ? '–' : formats.number(onHand)} <small>{product.unit}</small>
          </strong>
          {stock && <WaitingChange change={stock.pending} />}
        </p>
      </header>
      <div className={styles['columns']}>
        <div className={styles['side']}>
          {error ? (
            <ErrorWords error={wireErrorOf(error)} />
          ) : (
            <ProductStock product={product} stock={stock} />
          )}
          <section className={styles['card']} aria-labelledby="product-history">
            <h2 id="product-history">{t('stock.history.title')}</h2>
            <MovementList of={{ productId: product.id }} unit={product.unit} />
          </section>
        </div>
        <div className={styles['side']}>
          <section className={styles['card']} aria-labelledby="product-photos">
            <h2 id="product-photos">{t('photos.title')}</h2>
            <PhotoStrip key={product.id} subject={{ kind: 'product', id: product.id }} />
          </section>
          <ProductNote productId={product.id} />
          <ProductFacts product={product} />
          <ProductPacks product={product} />
        </div>
      </div>
    </article>
  );
}

/** The pack of the code that was scanned to come here. */
function useScannedPack(
  product: ProductDetail,
): { code: string; packQuantity: number } | undefined {
  const state = useHistoryState<{ scannedCode?: string } | null>();
  return product.packs.find(({ code }) => code === state?.scannedCode);
}
