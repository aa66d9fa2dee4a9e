import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MovementView } from '../../shared/desktop/stock-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import styles from './overview.module.css';

/** Movements, one line each. */
export function MovementTable({ movements }: { movements: readonly MovementView[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles['card']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('overview.when')}</th>
            <th scope="col">{t('records.column.product_id')}</th>
            <th scope="col">{t('overview.what')}</th>
            <th scope="col" className={styles['right']}>
              {t('records.column.quantity')}
            </th>
            <th scope="col">{t('overview.who')}</th>
            <th scope="col">{t('overview.why')}</th>
          </tr>
        </thead>
        <tbody>
          {movements.map((movement) => (
            <MovementRow key={movement.id} movement={movement} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function MovementRow({ movement }: { movement: MovementView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { kind, quantity, lot, serial, expiresOn, cause, reason } = movement;
  const goods = [lot, serial, expiresOn === null ? '' : formats.day(expiresOn)];
  const why = [cause === null ? '' : t(`stock.cause.${cause}`), reason ?? ''];
  return (
    <tr>
      <td className="quiet">{formats.dateTime(movement.movedAt)}</td>
      <th scope="row">
        <Link href={`/product/${movement.productId}`}>{movement.productName ?? '–'}</Link>
        <small className="quiet">{goods.filter((part) => part !== '').join(' · ')}</small>
      </th>
      <td>
        {t(`stock.history.${kind}`, {
          from: movement.fromCode ?? '–',
          to: movement.toCode ?? '–',
        })}
        {movement.reverses !== null && <small>{t('stock.history.reverses')}</small>}
        <RecordBadges pending={movement.pending} conflict={false} />
      </td>
      <td className={styles['right']}>
        {kind === 'move'
          ? formats.number(quantity)
          : formats.signed(kind === 'issue' ? -quantity : quantity)}
      </td>
      <td>{movement.personName ?? '–'}</td>
      <td>{why.filter((part) => part !== '').join(': ') || '–'}</td>
    </tr>
  );
}
