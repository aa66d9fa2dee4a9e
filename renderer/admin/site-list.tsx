import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { AdminTable } from './admin-table.tsx';
import styles from './admin.module.css';

export function SiteList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.admin.sites.queryOptions(),
    staleTime: 0,
  });
  return (
    <section className={styles['card']} aria-label={t('admin.tab.sites')}>
      <AdminAnswer of={query}>
        {(sites) =>
          sites.length === 0 ? (
            <p className="quiet">{t('admin.sites.empty')}</p>
          ) : (
            <AdminTable
              label={t('admin.tab.sites')}
              look="numbers"
              columns={(['site', 'people', 'rows', 'version'] as const).map((column) =>
                t(`admin.sites.${column}`),
              )}
            >
              {sites.map(({ id, name, code, people, rows, version }) => (
                <tr key={id}>
                  <th scope="row">
                    {name}
                    <small>{code}</small>
                  </th>
                  <td>{formats.number(people)}</td>
                  <td>{formats.number(rows)}</td>
                  <td>{formats.number(version)}</td>
                </tr>
              ))}
            </AdminTable>
          )
        }
      </AdminAnswer>
    </section>
  );
}
