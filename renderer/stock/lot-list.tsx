import type { StockLotView } from '../../shared/desktop/stock-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { GoodsWords } from './goods-words.tsx';
import { WaitingChange } from './waiting-change.tsx';
import styles from './stock.module.css';

/** What the goods at a place are made of, the earliest expiry first. */
export function LotList({ lots, unit }: { lots: readonly StockLotView[]; unit: string }) {
  const formats = useFormats();
  return (
    <ul>
      {lots.map((lot) => (
        <li key={`${lot.lot} ${lot.serial}`} className={styles['facts']}>
          <GoodsWords goods={lot} />
          {lot.serial === '' && (
            <span className="number">
              {formats.number(lot.onHand)} {unit}
            </span>
          )}
          <WaitingChange change={lot.pending} />
        </li>
      ))}
    </ul>
  );
}
