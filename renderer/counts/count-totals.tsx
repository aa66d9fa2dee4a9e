import { useTranslation } from 'react-i18next';
import type { CountTotals } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './counts.module.css';

/** What a count came to, as a whole. */
export function CountTotalsList({ totals }: { totals: CountTotals }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { lines, differences, over, under, recounts, value } = totals;
  const facts: (readonly [string, string])[] = [
    [t('counts.lines'), formats.number(lines)],
    [t('counts.differences'), formats.number(differences)],
    [t('counts.over'), formats.signed(over)],
    [t('counts.under'), formats.signed(-under)],
  ];
  if (recounts > 0) facts.push([t('counts.filter.recount'), formats.number(recounts)]);
  for (const [currency, minor] of Object.entries(value)) {
    facts.push([t('counts.value', { currency }), formats.money(minor, currency)]);
  }
  return (
    <dl className={styles['totals']}>
      {facts.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
    </dl>
  );
}
