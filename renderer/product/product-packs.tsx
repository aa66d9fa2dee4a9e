import { useTranslation } from 'react-i18next';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ProductLabelLinks } from '../labels/product-label-links.tsx';
import styles from './product.module.css';

export function ProductPacks({ product }: { product: ProductDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { packs, unit } = product;
  return (
    <section className={styles['card']} aria-labelledby="product-packs">
      <h2 id="product-packs">{t('product.packs.title')}</h2>
      {packs.length === 0 ? (
        <p className="quiet">{t('product.packs.empty')}</p>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('product.packs.code')}</th>
              <th scope="col">{t('product.packs.quantity')}</th>
            </tr>
          </thead>
          <tbody>
            {packs.map(({ code, packQuantity }) => (
              <tr key={code}>
                <td className="number">{code}</td>
                <td>
                  {packQuantity === 1
                    ? t('product.packs.single', { unit })
                    : t('product.packs.pack', { formatted: formats.number(packQuantity), unit })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ProductLabelLinks productId={product.id} />
    </section>
  );
}
