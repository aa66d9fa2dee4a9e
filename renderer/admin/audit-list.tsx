import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistoryState } from 'wouter/use-browser-location';
import { foldText } from '../../shared/domain/fold-text.ts';
import type { AuditLine } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AdminAnswer } from './admin-answer.tsx';
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
  const { lines, error, retry, older, isLoadingOlder } = useAdminPages(
    trpc.admin.audit.pathKey(),
    (input, options) => client.admin.audit.query(input, options),
  );
  const found = lines?.filter((line) => fits(line, text)) ?? [];
  return (
    <section className={styles['card']} aria-label={t('admin.tab.audit')}>
      <div className={styles['tools']}>
        <TextInput
          className={styles['find'] ?? ''}
          type="search"
          label={t('admin.audit.find')}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch aria-hidden size={20} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <AdminAnswer hasAnswer={lines !== undefined} error={error} onRetry={retry}>
        {found.length > 0 && <AuditTable lines={found} />}
        <p className={styles['shown']} role="status">
          {t('admin.audit.shown', {
            found: formats.number(found.length),
            read: formats.number(lines?.length ?? 0),
          })}
        </p>
      </AdminAnswer>
      {older && (
        <Button variant="default" loading={isLoadingOlder} onClick={older}>
          {t('admin.audit.older')}
        </Button>
      )}
    </section>
  );
}

function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div
      className={styles['scroll']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={t('admin.tab.audit')}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            {(['at', 'person', 'device', 'action', 'outcome', 'subject'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`admin.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}

function fits(line: AuditLine, text: string): boolean {
  const { action, person, device, subject, outcome, details } = line;
  const all = [action, person?.name, device?.name, subject, outcome, JSON.stringify(details)];
  return foldText(all.join(' ')).includes(foldText(text.trim()));
}
