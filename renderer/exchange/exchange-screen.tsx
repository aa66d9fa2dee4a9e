import { useTranslation } from 'react-i18next';
import { catalogueFilterField } from '../../shared/desktop/catalogue-views.ts';
import CatalogueExport from '../catalogue/catalogue-export.tsx';
import { LocationExport } from '../locations/location-export.tsx';
import { ImportForm } from './import-form.tsx';
import styles from './exchange.module.css';

const WHOLE_CATALOGUE = { text: '', filter: catalogueFilterField.parse({}) };

/** What goes out as a file and comes in from one. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ExchangeScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <h1>{t('nav.exchange')}</h1>
      <ImportForm />
      <section className={styles['card']} aria-labelledby="exchange-export">
        <h2 id="exchange-export">{t('exchange.exportTitle')}</h2>
        <p className="quiet">{t('exchange.exportHint')}</p>
        <dl className={styles['exports']}>
          <dt>{t('exchange.kind.products')}</dt>
          <dd>
            <CatalogueExport question={WHOLE_CATALOGUE} />
          </dd>
          <dt>{t('exchange.kind.locations')}</dt>
          <dd>
            <LocationExport text="" siteId={null} />
          </dd>
        </dl>
      </section>
    </div>
  );
}
