import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RefusedOperation } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AdminTable } from './admin-table.tsx';
import { PagedAnswer } from './paged-answer.tsx';
import { useAdminPages } from './use-admin-pages.ts';
import styles from './admin.module.css';

/** Work that the server refused for good. It waits on its laptop for somebody to put right. */
export function RefusedList() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const pages = useAdminPages(trpc.admin.refused.pathKey(), (input, options) =>
    client.admin.refused.query(input, options),
  );
  return (
    <section className={styles['card']} aria-label={t('admin.tab.refused')}>
      <p className="quiet">{t('admin.refused.text')}</p>
      <PagedAnswer of={pages} olderWords={t('records.more')}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('admin.refused.empty')}</p>
          ) : (
            <RefusedTable lines={lines} />
          )
        }
      </PagedAnswer>
    </section>
  );
}

function RefusedTable({ lines }: { lines: readonly RefusedOperation[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <AdminTable
      label={t('admin.tab.refused')}
      columns={(['at', 'person', 'device', 'why', 'audit'] as const).map((column) =>
        t(`admin.column.${column}`),
      )}
    >
      {lines.map(({ id, at, person, device, code, message, operationId }) => (
        <tr key={id}>
          <td className="number">{formats.dateTime(at)}</td>
          <td>{person?.name ?? t('admin.nobody')}</td>
          <td>{device?.name ?? '–'}</td>
          <td className={styles['wrap']}>
            {t(`error.${code}.title`)}
            <small lang="en">{message}</small>
          </td>
          <td>
            <Link
              href="/admin/audit"
              state={{ about: operationId }}
              className={styles['link'] ?? ''}
            >
              {t('admin.refused.audit')}
            </Link>
          </td>
        </tr>
      ))}
    </AdminTable>
  );
}
