import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DeliveryLineView, DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import { WaitingChange } from '../stock/waiting-change.tsx';
import { LineState } from './line-state.tsx';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

const COLUMNS: readonly CsvColumn<DeliveryLineView>[] = [
  ['sku', ({ sku }) => sku],
  ['name', ({ productName }) => productName],
  ['expected', ({ expected }) => expected],
  ['received', ({ received }) => received],
  ['not_sent', ({ unsent }) => unsent],
  ['unit', ({ unit }) => unit],
];

/** What was expected of each product, what has come by anybody's hands, and what is missing or too much. */
export function DeliveryLines({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  return (
    <section
      className={`${recordStyles['card']} ${styles['lineCard']}`}
      aria-labelledby="delivery-lines"
    >
      <h2 id="delivery-lines" className={styles['stage']}>
        {t('deliveries.lines')}
      </h2>
      {delivery.items.length === 0 && <p className="quiet">{t('deliveries.noLines')}</p>}
      {delivery.items.length > 0 && (
        <div className={recordStyles['scroll']}>
          <table className={recordStyles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('records.column.product_id')}</th>
                <th scope="col" className={styles['right']}>
                  {t('records.column.expected')}
                </th>
                <th scope="col" className={styles['right']}>
                  {t('records.column.received')}
                </th>
                <th scope="col">{t('records.status')}</th>
              </tr>
            </thead>
            <tbody>
              {delivery.items.map((line) => (
                <LineRow key={line.id} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {delivery.items.length > 0 && (
        <ExportButton
          name={`tallyman-delivery-${delivery.code}`}
          columns={COLUMNS}
          pages={async function* readAll() {
            yield delivery.items;
          }}
        />
      )}
    </section>
  );
}

function LineRow({ line }: { line: DeliveryLineView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <tr>
      <td className={styles['product']}>
        <Link href={`/product/${line.productId}`}>{line.productName ?? t('records.notHere')}</Link>
        <small>{line.sku}</small>
      </td>
      <td className={styles['right']}>
        {formats.number(line.expected)} {line.unit}
      </td>
      <td className={styles['right']}>
        {formats.number(line.received)} {line.unit}
        <WaitingChange change={line.unsent} />
      </td>
      <td>
        <LineState line={line} /> <RecordBadges pending={line.pending} conflict={line.conflict} />
      </td>
    </tr>
  );
}
