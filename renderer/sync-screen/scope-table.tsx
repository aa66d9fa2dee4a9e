import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useSync } from '../sync/use-sync.ts';
import { useNow } from '../use-now.ts';
import frame from '../style/frame.module.css';
import styles from './sync-screen.module.css';

const AGE_TICK_MS = 10_000;

/** What of the server is on this laptop, and whether it was proved equal. */
export function ScopeTable() {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  const { status } = useSync();
  const scopes = status?.scopes ?? [];
  const verified = (at: number | null): string =>
    at === null ? t('sync.scopes.notVerified') : (formats.relative(at, now) ?? t('time.justNow'));
  return (
    <section className={styles['card']} aria-labelledby="sync-scopes">
      <h2 id="sync-scopes">{t('sync.scopes.title')}</h2>
      {scopes.length === 0 ? (
        <p className="quiet">{t('sync.scopes.empty')}</p>
      ) : (
        <table className={`${frame['table']} ${styles['scopes']}`}>
          <thead>
            <tr>
              <th scope="col">{t('sync.scopes.scope')}</th>
              <th scope="col" className={frame['right']}>
                {t('sync.scopes.rows')}
              </th>
              <th scope="col" className={frame['right']}>
                {t('sync.scopes.version')}
              </th>
              <th scope="col">{t('sync.scopes.verified')}</th>
            </tr>
          </thead>
          <tbody>
            {scopes.map((scope) => (
              <tr key={scope.scope}>
                <th scope="row">
                  {scope.name ?? scope.siteCode ?? t('sync.place.catalogue')}
                  {!scope.complete && (
                    <span className={styles['mark']}>{t('sync.scopes.catchingUp')}</span>
                  )}
                </th>
                <td className={frame['right']}>
                  {formats.number(Object.values(scope.rows).reduce((sum, rows) => sum + rows, 0))}
                </td>
                <td className={frame['right']}>{formats.number(scope.version)}</td>
                <td>{verified(scope.verifiedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
