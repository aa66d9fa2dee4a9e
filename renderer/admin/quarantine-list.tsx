import { useTranslation } from 'react-i18next';
import type { QuarantinedOperation } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { PagedAnswer } from './paged-answer.tsx';
import { useAdminPages } from './use-admin-pages.ts';
import styles from './admin.module.css';

/** What laptops that were withdrawn had not sent: kept apart, for somebody to look at. */
export function QuarantineList() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const pages = useAdminPages(trpc.admin.quarantine.pathKey(), (input, options) =>
    client.admin.quarantine.query(input, options),
  );
  return (
    <section className={styles['card']} aria-labelledby="quarantine">
      <h2 id="quarantine">{t('admin.quarantine.title')}</h2>
      <p className="quiet">{t('admin.quarantine.text')}</p>
      <PagedAnswer of={pages} olderWords={t('records.more')}>
        {(lines) => (
          <ul className={styles['operations']}>
            {lines.map((line) => (
              <li key={line.id}>
                <QuarantinedLine line={line} />
              </li>
            ))}
          </ul>
        )}
      </PagedAnswer>
    </section>
  );
}

function QuarantinedLine({ line }: { line: QuarantinedOperation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { receivedAt, device, person, operation } = line;
  return (
    <details>
      <summary>
        <span className="number">{formats.dateTime(receivedAt)}</span> · {device.name} ·{' '}
        {person?.name ?? t('admin.nobody')}
      </summary>
      <pre className={styles['raw']} lang="en">
        {indented(operation)}
      </pre>
    </details>
  );
}

/** As it came, if it is not what it should be. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
