import { Button } from '@mantine/core';
import { IconArrowDownToArc } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PutAwayPlace } from '../../shared/desktop/delivery-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import type { TallySession } from '../tally/use-tally.ts';
import { useTRPC } from '../trpc.ts';
import styles from './goods.module.css';

/** Where the goods that were scanned last should go: a few places, each with its reason. */
export function PutAway({ session }: { session: TallySession }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { items, locationId, toLocationId } = session.tally;
  const last = items.filter(({ quantity }) => quantity > 0).toSorted((a, b) => b.at - a.at)[0];
  const { data: places = [] } = useQuery({
    ...trpc.stock.putAway.queryOptions({
      productId: last?.productId ?? '',
      fromLocationId: locationId ?? '',
      lot: last?.lot ?? '',
      quantity: last?.quantity ?? 1,
    }),
    enabled: last !== undefined && locationId !== null,
  });
  if (!last || places.length === 0) return null;
  const reason = ({ reason: why, onHand }: PutAwayPlace): string =>
    t(`goods.putAway.${why}`, {
      lot: last.lot,
      quantity: `${formats.number(onHand)} ${last.unit}`,
    });
  return (
    <div className={styles['putAway']}>
      <h3>{t('goods.putAway.title', { name: last.productName })}</h3>
      <ul>
        {places.map((place) => (
          <li key={place.locationId}>
            <span>
              <strong>{place.code}</strong> {reason(place)}
              {place.room !== null && (
                <span className="quiet">
                  {' '}
                  {t('goods.putAway.room', { formatted: formats.number(place.room) })}
                </span>
              )}
            </span>
            <Button
              variant={place.locationId === toLocationId ? 'filled' : 'light'}
              aria-pressed={place.locationId === toLocationId}
              aria-label={t('goods.putAway.choose', { code: place.code })}
              leftSection={<IconArrowDownToArc aria-hidden size={18} />}
              // What could not be stored shows when the tally is read again.
              onClick={() => void session.place(place.locationId, 'to').catch(() => undefined)}
            >
              {t('goods.putAway.here')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
