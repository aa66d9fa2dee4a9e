import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import type { TallyView } from '../../shared/desktop/tally-views.ts';
import { LineState } from '../deliveries/line-state.tsx';
import recordStyles from '../records/records.module.css';
import styles from './goods.module.css';

interface StillMissingProps {
  delivery: DeliveryView;
  tally: TallyView;
}

/** What the delivery lacks, with what is scanned and not posted yet taken in. What is complete comes last. */
export function StillMissing({ delivery, tally }: StillMissingProps) {
  const { t } = useTranslation();
  const scanned = new Map<string, number>();
  for (const { productId, quantity } of tally.items) {
    scanned.set(productId, (scanned.get(productId) ?? 0) + quantity);
  }
  const lines = delivery.items.map((line) => ({
    ...line,
    received: line.received + (scanned.get(line.productId) ?? 0),
  }));
  const isOpen = (line: (typeof lines)[number]): boolean => line.received < line.expected;
  const ordered = [...lines.filter(isOpen), ...lines.filter((line) => !isOpen(line))];
  return (
    <section className={recordStyles['card']} aria-labelledby="goods-missing">
      <h2 id="goods-missing">{t('goods.expected', { code: delivery.code })}</h2>
      <ul className={styles['missing']}>
        {ordered.map((line) => (
          <li key={line.id}>
            <span>{line.productName ?? line.sku ?? t('records.notHere')}</span>
            <LineState line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}
