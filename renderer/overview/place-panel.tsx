import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PlaceGoods, PlaceView } from '../../shared/desktop/overview-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { MovementList } from '../stock/movement-list.tsx';
import { useTRPC } from '../trpc.ts';
import styles from './overview.module.css';

/** What lies at one place, and what came and went. */
export function PlacePanel({ place, onClose }: { place: PlaceView | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={place !== null}
      onClose={onClose}
      position="right"
      size="min(32rem, 100%)"
      title={place ? [place.code, place.name].filter((part) => part !== null).join(' · ') : ''}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {place && (
        <div className={styles['panel']}>
          <GoodsThere locationId={place.locationId} />
          <section>
            <h2>{t('stock.history.title')}</h2>
            <MovementList of={{ locationId: place.locationId }} />
          </section>
        </div>
      )}
    </Drawer>
  );
}

function GoodsThere({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.overview.goodsAt.queryOptions({ locationId }));
  if (!data) return <p className="quiet">{t('records.loading')}</p>;
  if (data.length === 0) return <p>{t('overview.nothingThere')}</p>;
  return (
    <ul className={styles['goods']}>
      {data.map((goods) => (
        <GoodsItem key={goods.productId} goods={goods} />
      ))}
    </ul>
  );
}

function GoodsItem({ goods }: { goods: PlaceGoods }) {
  const formats = useFormats();
  const told = goods.lots.filter(({ lot, serial, expiresOn }) => lot || serial || expiresOn);
  return (
    <li>
      <Link href={`/product/${goods.productId}`}>{goods.productName}</Link>
      <strong className={styles['right']}>{`${formats.number(goods.onHand)} ${goods.unit}`}</strong>
      {told.map(({ lot, serial, expiresOn, onHand }) => (
        <small key={`${lot} ${serial}`} className="quiet">
          {[lot, serial, expiresOn === null ? '' : formats.day(expiresOn), formats.number(onHand)]
            .filter((part) => part !== '')
            .join(' · ')}
        </small>
      ))}
    </li>
  );
}
