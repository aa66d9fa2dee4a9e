import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { cursorPages } from '../exchange/cursor-pages.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { toOrder } from './to-order.ts';
import styles from './overview.module.css';

const PAGE = 100;
const EXPORT_PAGE = 200;

const COLUMNS: readonly CsvColumn<ProductListItem>[] = [
  ['sku', ({ sku }) => sku],
  ['name', ({ name }) => name],
  ['unit', ({ unit }) => unit],
  ['on_hand', ({ onHand }) => onHand],
  ['min_stock', ({ minStock }) => minStock],
  ['to_order', (product) => toOrder(product)],
];

/** Products of which less lies at a site than there should, and how much to order. */
export function LowStock({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = { text: '', filter: { siteId, stock: 'low' as const }, limit: PAGE };
  const query = useInfiniteQuery({
    queryKey: trpc.catalogue.search.infiniteQueryKey(question),
    // Asked by hand: tRPC's own would add a direction, and the app refuses what it does not know.
    queryFn: ({ pageParam, signal }) =>
      client.catalogue.search.query({ ...question, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const products = (query.data?.pages ?? []).flatMap(({ items }) => items);
  if (query.error) return <ErrorWords error={wireErrorOf(query.error)} />;
  if (query.isPending) return <p className="quiet">{t('records.loading')}</p>;
  if (products.length === 0) {
    return (
      <EmptyState
        icon={<IconCircleCheck aria-hidden size={44} stroke={1.4} />}
        title={t('overview.noneLow')}
        text={t('overview.noneLowHint')}
      />
    );
  }
  return (
    <>
      <LowTable products={products} />
      <div className={styles['foot']}>
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('records.more')}
          </Button>
        )}
        <ExportButton
          name="tallyman-to-order"
          columns={COLUMNS}
          pages={(signal) =>
            cursorPages((cursor) =>
              client.catalogue.search.query(
                { ...question, cursor, limit: EXPORT_PAGE },
                { signal },
              ),
            )
          }
        />
      </div>
    </>
  );
}

function LowTable({ products }: { products: readonly ProductListItem[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = (value: number | null, unit: string): string =>
    value === null ? '–' : `${formats.number(value)} ${unit}`;
  return (
    <section className={styles['card']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('records.column.product_id')}</th>
            <th scope="col" className={styles['right']}>
              {t('overview.onHand')}
            </th>
            <th scope="col" className={styles['right']}>
              {t('product.minStock')}
            </th>
            <th scope="col" className={styles['right']}>
              {t('overview.toOrder')}
            </th>
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <tr key={product.id}>
              <th scope="row">
                <Link href={`/product/${product.id}`}>{product.name}</Link>
                <small className="quiet">{product.sku}</small>
              </th>
              <td className={styles['right']}>{amount(product.onHand, product.unit)}</td>
              <td className={styles['right']}>{amount(product.minStock, product.unit)}</td>
              <td className={styles['right']}>
                <strong>{amount(toOrder(product), product.unit)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
