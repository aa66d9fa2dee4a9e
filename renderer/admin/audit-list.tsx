import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistoryState } from 'wouter/use-browser-location';
import type { AuditFind as Find, AuditLine } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AdminTable } from './admin-table.tsx';
import { AuditFind } from './audit-find.tsx';
import { PagedAnswer } from './paged-answer.tsx';
import { useAdminPages } from './use-admin-pages.ts';
import styles from './admin.module.css';

const DONE = 'done';

/** Who did what, from which laptop, newest first. Nothing of it can be changed. */
export function AuditList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const about = useHistoryState<{ about?: string } | null>()?.about;
  const [find, setFind] = useState<Find | null>(about ? { by: 'subject', value: about } : null);
  const pages = useAdminPages([...trpc.admin.audit.pathKey(), find], (input, options) =>
    client.admin.audit.query({ ...input, find }, options),
  );
  return (
    <section className={styles['card']} aria-label={t('admin.tab.audit')}>
      <div className={styles['tools']}>
        <AuditFind find={find} onFind={setFind} />
      </div>
      <PagedAnswer of={pages} olderWords={t('admin.audit.older')}>
        {(lines) => (
          <>
            {lines.length > 0 && <AuditTable lines={lines} />}
            <p className={styles['shown']} role="status">
              {lines.length === 0
                ? t('records.noneFound')
                : t('admin.audit.shown', { shown: formats.number(lines.length) })}
            </p>
          </>
        )}
      </PagedAnswer>
    </section>
  );
}

function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <AdminTable
      label={t('admin.tab.audit')}
      columns={(['at', 'person', 'device', 'action', 'outcome', 'subject'] as const).map((column) =>
        t(`admin.column.${column}`),
      )}
    >
      {lines.map(({ id, at, person, device, action, outcome, subject, details }) => (
        <tr key={id}>
          <td className="number">{formats.dateTime(at)}</td>
          <td>{person?.name ?? t('admin.nobody')}</td>
          <td>{device?.name ?? '–'}</td>
          <td lang="en">
            <code>{action}</code>
          </td>
          <td lang="en" data-refused={outcome !== DONE || undefined}>
            {outcome}
          </td>
          <td className={styles['wrap']} lang="en">
            {subject ?? '–'}
            {details && <small>{JSON.stringify(details)}</small>}
          </td>
        </tr>
      ))}
    </AdminTable>
  );
}
