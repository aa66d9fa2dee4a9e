import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DeliverySummary } from '../../shared/desktop/delivery-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import type { DeliveryStage } from './delivery-stage.ts';
import { StageBadge } from './stage-badge.tsx';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

interface DeliveryTableProps {
  stage: DeliveryStage;
  deliveries: readonly DeliverySummary[];
  showsSite: boolean;
}

/** Deliveries of one stage. Their code leads to them. */
export function DeliveryTable({ stage, deliveries, showsSite }: DeliveryTableProps) {
  const { t } = useTranslation();
  return (
    <section className={recordStyles['card']} aria-labelledby={`deliveries-${stage}`}>
      <h2 id={`deliveries-${stage}`} className={styles['stage']}>
        <StageBadge stage={stage} />
      </h2>
      <div className={recordStyles['scroll']}>
        <table className={`${recordStyles['table']} ${styles['list']}`}>
          <thead>
            <tr>
              <th scope="col">{t('deliveries.code')}</th>
              {showsSite && <th scope="col">{t('records.column.site_id')}</th>}
              <th scope="col">{t('deliveries.supplier')}</th>
              <th scope="col">{t('deliveries.expectedAt')}</th>
              <th scope="col">{t('deliveries.lines')}</th>
              <th scope="col">{t('records.status')}</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} showsSite={showsSite} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function DeliveryRow({ delivery, showsSite }: { delivery: DeliverySummary; showsSite: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { lines, openLines, overLines, expectedAt } = delivery;
  const words = [
    t('deliveries.lineCount', { count: lines, formatted: formats.number(lines) }),
    openLines > 0 &&
      t('deliveries.openCount', { count: openLines, formatted: formats.number(openLines) }),
    overLines > 0 &&
      t('deliveries.overCount', { count: overLines, formatted: formats.number(overLines) }),
  ];
  return (
    <tr>
      <td>
        <Link href={`/deliveries/${delivery.id}`} className={styles['open'] ?? ''}>
          {delivery.code}
        </Link>
      </td>
      {showsSite && <td>{delivery.siteCode}</td>}
      <td>{delivery.supplier ?? '–'}</td>
      <td>{expectedAt === null ? '–' : formats.dateTime(expectedAt)}</td>
      <td>{words.filter(Boolean).join(' · ')}</td>
      <td>
        <RecordBadges pending={delivery.pending} conflict={delivery.conflict} />
      </td>
    </tr>
  );
}
