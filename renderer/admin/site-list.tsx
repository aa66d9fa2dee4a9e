import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { AdminAnswer } from './admin-answer.tsx';
import styles from './admin.module.css';

export function SiteList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery({
    ...trpc.admin.sites.queryOptions(),
    staleTime: 0,
  });
  return (
    <section className={styles['card']} aria-label={t('admin.tab.sites')}>
      <AdminAnswer hasAnswer={data !== undefined} error={error} onRetry={() => void refetch()}>
        {data?.length === 0 ? (
          <p className="quiet">{t('admin.sites.empty')}</p>
        ) : (
          <div className={styles['scroll']}>
            <table className={styles['table']}>
              <thead>
                <tr>
                  <th scope="col">{t('admin.sites.site')}</th>
                  {(['people', 'rows', 'version'] as const).map((column) => (
                    <th key={column} scope="col" className={styles['right']}>
                      {t(`admin.sites.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data?.map(({ id, name, code, people, rows, version }) => (
                  <tr key={id}>
                    <th scope="row">
                      {name}
                      <small>{code}</small>
                    </th>
                    <td className={styles['right']}>{formats.number(people)}</td>
                    <td className={styles['right']}>{formats.number(rows)}</td>
                    <td className={styles['right']}>{formats.number(version)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </AdminAnswer>
    </section>
  );
}
