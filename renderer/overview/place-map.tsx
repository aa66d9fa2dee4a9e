import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PlaceView } from '../../shared/desktop/overview-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './overview.module.css';

export interface PlacesProps {
  places: readonly PlaceView[];
  onOpen: (place: PlaceView) => void;
}

/** The places of a zone as tiles in the order of their codes: how full each is, in words, in shade and as a bar. */
export function PlaceMap({ places, onOpen }: PlacesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ul className={styles['map']}>
      {places.map((place) => (
        <li key={place.locationId}>
          <button
            type="button"
            className={styles['tile']}
            data-state={stateOf(place)}
            onClick={() => onOpen(place)}
          >
            <strong>
              {place.code}
              {place.blocked && <IconBan role="img" aria-label={t('stock.blocked')} size={16} />}
              {place.pieces < 0 && (
                <IconAlertTriangle role="img" aria-label={t('overview.belowNothing')} size={16} />
              )}
            </strong>
            <small>
              {place.products === 0
                ? t('overview.nothingThere')
                : t('overview.goodsThere', {
                    count: place.products,
                    formatted: formats.number(place.products),
                    pieces: formats.number(place.pieces),
                  })}
            </small>
            {place.capacity !== null && place.capacity > 0 && (
              <meter
                className={styles['meter']}
                min={0}
                max={place.capacity}
                value={Math.max(0, place.pieces)}
                aria-label={t('records.column.capacity')}
              />
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

function stateOf({ blocked, products, pieces, capacity }: PlaceView): string {
  if (blocked) return 'blocked';
  if (products === 0) return 'empty';
  return capacity !== null && pieces >= capacity ? 'full' : 'used';
}
