import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import type { Place } from '../stock/movement-draft.ts';
import { MovementForm } from '../stock/movement-form.tsx';
import { LocationSelect } from '../stock/location-select.tsx';
import { useDoneWords } from '../stock/stock-actions.tsx';
import type { RecordedMovement } from '../stock/use-movement-form.ts';
import { useTRPC } from '../trpc.ts';
import { useScanGoods } from './use-scan-goods.ts';
import recordStyles from '../records/records.module.css';
import styles from './goods.module.css';

/** Puts the book right where it is wrong: the place, then goods, then by how much and why. The place stays for the next. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function AdjustScreen() {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const [place, setPlace] = useState<Place | null>(null);
  const [productId, setProductId] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  useScanGoods({ onPlace: setPlace, onProduct: setProductId, hasPlace: place !== null });
  if (sites?.length === 0) {
    return <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />;
  }
  return (
    <div className={recordStyles['page']}>
      <h1>{t('stock.title.adjust')}</h1>
      <DoneNote done={done} />
      <div className={styles['columns']}>
        <section className={recordStyles['card']} aria-labelledby="adjust-place">
          <h2 id="adjust-place">{t(place ? 'goods.at.adjust' : 'goods.placeFirst')}</h2>
          <LocationSelect
            label={t('stock.location.adjust')}
            value={place}
            onChange={setPlace}
            siteId={null}
            leavesScans
            known={[]}
            unit=""
            error={undefined}
          />
        </section>
        {place && (
          <section className={recordStyles['card']} aria-labelledby="adjust-goods">
            <h2 id="adjust-goods">{t('goods.items')}</h2>
            <ReferencePicker
              entity="product"
              siteId={null}
              label={t('goods.addProduct')}
              error={undefined}
              clearable
              leavesScans
              value={productId}
              onChange={setProductId}
            />
            {productId !== null && (
              <AdjustForm
                key={`${place.id} ${productId}`}
                place={place}
                productId={productId}
                onCancel={() => setProductId(null)}
                onDone={(next) => {
                  setDone(next);
                  setProductId(null);
                }}
              />
            )}
          </section>
        )}
      </div>
    </div>
  );
}

interface AdjustFormProps {
  place: Place;
  productId: string;
  onDone: (done: Done) => void;
  onCancel: () => void;
}

function AdjustForm({ place, productId, onDone, onCancel }: AdjustFormProps) {
  const trpc = useTRPC();
  const { data: product } = useQuery(trpc.catalogue.product.queryOptions({ id: productId }));
  const { data: stock } = useQuery(trpc.stock.ofProduct.queryOptions({ productId }));
  const doneWords = useDoneWords({
    unit: product?.unit ?? '',
    tracking: product?.tracking ?? 'none',
  });
  if (!product || !stock) return null;
  return (
    <MovementForm
      kind="adjust"
      product={product}
      stock={stock}
      place={place}
      onCancel={onCancel}
      onRecorded={(recorded: RecordedMovement) =>
        onDone({ operationId: recorded.result.operationId, words: doneWords(recorded) })
      }
    />
  );
}
