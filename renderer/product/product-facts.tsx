import { useTranslation } from 'react-i18next';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './product.module.css';

export function ProductFacts({ product }: { product: ProductDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { priceMinor, currency, minStock } = product;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('product.sku'), product.sku],
    [t('product.brand'), product.brand],
    [t('product.category'), product.categoryPath.map(({ name }) => name).join(' › ') || null],
    [
      t('product.price'),
      priceMinor === null || currency === null ? null : formats.money(priceMinor, currency),
    ],
    [t('product.unit'), product.unit],
    [t('product.tracking.label'), t(`product.tracking.${product.tracking}`)],
    [
      t('product.minStock'),
      minStock === null ? null : `${formats.number(minStock)} ${product.unit}`,
    ],
  ];
  return (
    <section className={styles['card']} aria-labelledby="product-details">
      <h2 id="product-details">{t('product.details')}</h2>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      {product.description !== null && (
        <p className={styles['description']}>{product.description}</p>
      )}
    </section>
  );
}
