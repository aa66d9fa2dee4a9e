import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistoryState } from 'wouter/use-browser-location';
import { foldText } from '../../shared/domain/fold-text.ts';
import type { AuditLine } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { FindField } from '../records/find-field.tsx';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AdminTable } from './admin-table.tsx';
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
  const handed = useHistoryState<{ find?: string } | null>()?.find ?? '';
  const [text, setText] = useState(handed);
  const pages = useAdminPages(trpc.admin.audit.pathKey(), (input, options) =>
    client.admin.audit.query(input, options),
  );
  return (
    <section className={styles['card']} aria-label={t('admin.tab.audit')}>
      <div className={styles['tools']}>
        <FindField
          className={styles['find'] ?? ''}
          label={t('admin.audit.find')}
          text={text}
          onText={setText}
        />
      </div>
      <PagedAnswer of={pages} olderWords={t('admin.audit.older')}>
        {(lines) => {
          const found = lines.filter((line) => fits(line, text));
          return (
            <>
              {found.length > 0 && <AuditTable lines={found} />}
              <p className={styles['shown']} role="status">
                {t('admin.audit.shown', {
                  found: formats.number(found.length),
                  read: formats.number(lines.length),
                })}
              </p>
            </>
          );
        }}
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

function fits(line: AuditLine, text: string): boolean {
  const { action, person, device, subject, outcome, details } = line;
  const all = [action, person?.name, device?.name, subject, outcome, JSON.stringify(details)];
  return foldText(all.join(' ')).includes(foldText(text.trim()));
}
