import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { TallySession } from './use-tally.ts';
import styles from './tally.module.css';

type Counted = 'scans' | 'lines' | 'pieces' | 'unknown' | 'suspects' | 'waiting';

const SHOWN_ALWAYS: ReadonlySet<Counted> = new Set(['scans', 'pieces']);

/** What there is so far, to be held against what lies on the pallet. What is not good is said if there is any. */
export function RunningTotal({ session }: { session: TallySession }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { tally, waiting } = session;
  const counts: readonly (readonly [Counted, number])[] = [
    ['scans', tally.scans],
    ['lines', tally.lines],
    ['pieces', tally.pieces],
    ['unknown', tally.unknown],
    ['suspects', tally.suspects],
    ['waiting', waiting],
  ];
  return (
    <ul className={styles['total']} aria-label={t('tally.total.label')} data-testid="running-total">
      {counts
        .filter(([name, count]) => count > 0 || SHOWN_ALWAYS.has(name))
        .map(([name, count]) => (
          <li key={name} data-count={name} data-value={count} className={styles['count']}>
            {t(`tally.total.${name}`, { count, formatted: formats.number(count) })}
          </li>
        ))}
    </ul>
  );
}
