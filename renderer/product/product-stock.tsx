import { useTranslation } from 'react-i18next';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import type { StockLocationView, StockView } from '../../shared/desktop/stock-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useFollowedSites } from '../records/site-select.tsx';
import { packSizes } from '../goods/pack-sizes.ts';
import { usePackWords } from '../goods/use-pack-words.ts';
import { LotList } from '../stock/lot-list.tsx';
import { StockActions } from '../stock/stock-actions.tsx';
import { WaitingChange } from '../stock/waiting-change.tsx';
import stockStyles from '../stock/stock.module.css';
import { ProductStockExport } from './product-stock-export.tsx';
import styles from './product.module.css';

interface ProductStockProps {
  product: ProductDetail;
  /** Undefined until it is read. */
  stock: StockView | undefined;
}

/** Stock by site and location, each site with its sum, what waits to be sent, and what one can do about it. */
export function ProductStock({ product, stock }: ProductStockProps) {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const hasSites = sites === undefined || sites.length > 0;
  return (
    <section className={styles['card']} aria-labelledby="product-stock">
      <h2 id="product-stock">{t('product.stock.title')}</h2>
      {!stock && <p className="quiet">{t('records.loading')}</p>}
      {stock && hasSites && (
        <div className={styles['stockActions']}>
          <StockActions product={product} stock={stock} />
        </div>
      )}
      {stock && stock.locations.length > 0 && (
        <>
          <StockTable stock={stock} product={product} />
          <ProductStockExport product={product} stock={stock} />
        </>
      )}
      {stock?.locations.length === 0 && (
        <p className="quiet">{t(hasSites ? 'product.stock.empty' : 'product.stock.noSites')}</p>
      )}
    </section>
  );
}

function StockTable({ stock, product }: { stock: StockView; product: ProductDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sites = Map.groupBy(stock.locations, ({ siteId }) => siteId);
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
      {[...sites].map(([siteId, places]) => (
        <SiteRows key={siteId} places={places} product={product} />
      ))}
      {sites.size > 1 && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('product.stock.total')}
            </th>
            <td className={styles['right']}>
              {formats.number(stock.onHand)} {product.unit}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface SiteRowsProps {
  places: readonly StockLocationView[];
  product: ProductDetail;
}

function SiteRows({ places, product }: SiteRowsProps) {
  const { t } = useTranslation();
  const packs = usePackWords();
  const sizes = packSizes(product.packs);
  const inPacks = (quantity: number): string | null => packs.split(quantity, product.unit, sizes);
  const formats = useFormats();
  const sites = useFollowedSites();
  const [first] = places;
  const total = places.reduce((sum, { onHand }) => sum + onHand, 0);
  return (
    <tbody>
      <tr className={styles['site']}>
        <th scope="rowgroup" colSpan={2}>
          {sites?.find(({ id }) => id === first?.siteId)?.name ?? first?.siteCode}
          <span>
            {t('product.stock.places', {
              count: places.length,
              formatted: formats.number(places.length),
            })}
          </span>
        </th>
        <td className={styles['right']}>
          {formats.number(total)}
          <small className={styles['inPacks']}>{inPacks(total)}</small>
        </td>
      </tr>
      {places.map((place) => (
        <tr key={place.locationId}>
          <td>
            {place.code}
            {place.name !== null && <span className="quiet"> {place.name}</span>}{' '}
            {place.blocked && <span className={stockStyles['blocked']}>{t('stock.blocked')}</span>}
            {product.tracking !== 'none' || product.tracksExpiry ? (
              <LotList lots={place.lots} unit={product.unit} />
            ) : null}
          </td>
          <td className="quiet">{place.zone ?? '–'}</td>
          <td className={styles['right']}>
            {formats.number(place.onHand)}
            <WaitingChange change={place.pending} />
            <small className={styles['inPacks']}>{inPacks(place.onHand)}</small>
          </td>
        </tr>
      ))}
    </tbody>
  );
}
