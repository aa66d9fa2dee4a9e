import { useTranslation } from 'react-i18next';
import type { CountAccuracy } from '../../shared/desktop/overview-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './overview.module.css';

/** How many lines of each count were what the book said. */
export function CountAccuracyChart({ counts }: { counts: readonly CountAccuracy[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className={styles['card']} aria-labelledby="chart-counts">
      <h2 id="chart-counts">{t('overview.accuracy')}</h2>
      {counts.length === 0 ? (
        <p className="quiet">{t('overview.noCounts')}</p>
      ) : (
        <ul className={styles['shares']}>
          {counts.map(({ countId, code, approvedAt, lines, exact, off }) => (
            <li key={countId}>
              <span>
                <strong>{code}</strong>{' '}
                <small className="quiet">{formats.dateTime(approvedAt)}</small>
              </span>
              <span className={styles['share']} aria-hidden>
                <span style={{ inlineSize: `${lines === 0 ? 0 : (100 * exact) / lines}%` }} />
              </span>
              <span className={styles['right']}>
                {t('overview.exact', {
                  exact: formats.number(exact),
                  lines: formats.number(lines),
                  off: formats.number(off),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
