import { useTranslation } from 'react-i18next';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './product.module.css';

type Place = ProductDetail['stock'][number];

/** Stock by site and location, each site with its sum. */
export function ProductStock({ product }: { product: ProductDetail }) {
  const { t } = useTranslation();
  return (
    <section className={styles['card']} aria-labelledby="product-stock">
      <h2 id="product-stock">{t('product.stock.title')}</h2>
      {product.stock.length > 0 ? (
        <StockTable product={product} />
      ) : (
        <p className="quiet">
          {t(product.onHand === null ? 'product.stock.noSites' : 'product.stock.empty')}
        </p>
      )}
    </section>
  );
}

function StockTable({ product }: { product: ProductDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sites = Map.groupBy(product.stock, ({ siteCode }) => siteCode);
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('product.stock.location')}</th>
          <th scope="col">{t('product.stock.zone')}</th>
          <th scope="col" className={styles['right']}>
            {t('product.stock.quantity')}
          </th>
        </tr>
      </thead>
      {[...sites].map(([code, places]) => (
        <SiteRows key={code} places={places} />
      ))}
      {sites.size > 1 && product.onHand !== null && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('product.stock.total')}
            </th>
            <td className={styles['right']}>
              {formats.number(product.onHand)} {product.unit}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function SiteRows({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const total = places.reduce((sum, { quantity }) => sum + quantity, 0);
  const name = places[0]?.siteName ?? '';
  return (
    <tbody>
      <tr className={styles['site']}>
        <th scope="rowgroup" colSpan={2}>
          {name}
          <span>
            {t('product.stock.places', {
              count: places.length,
              formatted: formats.number(places.length),
            })}
          </span>
        </th>
        <td className={styles['right']}>{formats.number(total)}</td>
      </tr>
      {places.map((place) => (
        <tr key={place.locationCode}>
          <td>
            {place.locationCode}
            {place.locationName !== null && <span className="quiet"> {place.locationName}</span>}
          </td>
          <td className="quiet">{place.zone ?? '–'}</td>
          <td className={styles['right']}>{formats.number(place.quantity)}</td>
        </tr>
      ))}
    </tbody>
  );
}
