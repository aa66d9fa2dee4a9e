import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import stockStyles from '../stock/stock.module.css';
import type { PlacesProps } from './place-map.tsx';
import styles from './overview.module.css';

/** The same places as a list. */
export function PlaceTable({ places, onOpen }: PlacesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className={styles['card']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('records.column.code')}</th>
            <th scope="col">{t('records.column.name')}</th>
            <th scope="col" className={styles['right']}>
              {t('overview.products')}
            </th>
            <th scope="col" className={styles['right']}>
              {t('overview.pieces')}
            </th>
            <th scope="col" className={styles['right']}>
              {t('records.column.capacity')}
            </th>
            <th scope="col">{t('overview.lastDay')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place.locationId}>
              <th scope="row">
                <button type="button" className={styles['open']} onClick={() => onOpen(place)}>
                  {place.code}
                </button>
                {place.blocked && (
                  <span className={stockStyles['blocked']}>{t('stock.blocked')}</span>
                )}
              </th>
              <td>{place.name ?? '–'}</td>
              <td className={styles['right']}>{formats.number(place.products)}</td>
              <td className={styles['right']}>{formats.number(place.pieces)}</td>
              <td className={styles['right']}>
                {place.capacity === null ? '–' : formats.number(place.capacity)}
              </td>
              <td>{place.expiresOn === null ? '–' : formats.day(place.expiresOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
