import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RefusedOperation } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { useAdminPages } from './use-admin-pages.ts';
import styles from './admin.module.css';

/** Work that the server refused for good. It waits on its laptop for somebody to put right. */
export function RefusedList() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { lines, error, retry, older, isLoadingOlder } = useAdminPages(
    trpc.admin.refused.pathKey(),
    (input, options) => client.admin.refused.query(input, options),
  );
  return (
    <section className={styles['card']} aria-label={t('admin.tab.refused')}>
      <p className="quiet">{t('admin.refused.text')}</p>
      <AdminAnswer hasAnswer={lines !== undefined} error={error} onRetry={retry}>
        {lines?.length === 0 ? (
          <p className="quiet">{t('admin.refused.empty')}</p>
        ) : (
          <RefusedTable lines={lines ?? []} />
        )}
      </AdminAnswer>
      {older && (
        <Button variant="default" loading={isLoadingOlder} onClick={older}>
          {t('records.more')}
        </Button>
      )}
    </section>
  );
}

function RefusedTable({ lines }: { lines: readonly RefusedOperation[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div
      className={styles['scroll']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={t('admin.tab.refused')}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            {(['at', 'person', 'device', 'why', 'audit'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`admin.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
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
                  state={{ find: operationId }}
                  className={styles['link'] ?? ''}
                >
                  {t('admin.refused.audit')}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
