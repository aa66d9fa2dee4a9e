import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { useNow } from '../use-now.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { LaptopHealth } from './laptop-health.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { RevokeLaptop } from './revoke-laptop.tsx';
import styles from './admin.module.css';

const AGE_TICK_MS = 60_000;
const PAGE = 50;

/** Every laptop that has signed in, and how its sync is doing. */
export function LaptopList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const [shown, setShown] = useState(PAGE);
  const [leaving, setLeaving] = useState<AdminDevice | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    ...trpc.admin.devices.list.queryOptions(),
    staleTime: 0,
  });
  const devices = data ?? [];
  return (
    <>
      <section className={styles['card']} aria-label={t('admin.tab.laptops')}>
        <p role="status" className={styles['said']}>
          {said}
        </p>
        <AdminAnswer hasAnswer={data !== undefined} error={error} onRetry={() => void refetch()}>
          {devices.length === 0 ? (
            <p className="quiet">{t('admin.laptops.empty')}</p>
          ) : (
            <>
              <LaptopTable laptops={devices.slice(0, shown)} onRevoke={setLeaving} />
              <p className={styles['shown']}>
                {t('admin.shown', {
                  shown: formats.number(Math.min(shown, devices.length)),
                  total: formats.number(devices.length),
                })}
                {devices.length > shown && (
                  <Button variant="default" onClick={() => setShown(shown + PAGE)}>
                    {t('records.more')}
                  </Button>
                )}
              </p>
            </>
          )}
        </AdminAnswer>
      </section>
      {devices.some(({ quarantined }) => quarantined > 0) && <QuarantineList />}
      {leaving && (
        <RevokeLaptop
          laptop={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setSaid(t('admin.laptops.revokedOne', { name: leaving.name }));
            setLeaving(null);
          }}
        />
      )}
    </>
  );
}

interface LaptopTableProps {
  laptops: readonly AdminDevice[];
  onRevoke: (laptop: AdminDevice) => void;
}

function LaptopTable({ laptops, onRevoke }: LaptopTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  return (
    <div
      className={styles['scroll']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={t('admin.tab.laptops')}
    >
      <table className={styles['table']} data-actions>
        <thead>
          <tr>
            {(['name', 'health', 'person', 'seen', 'actions'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`admin.laptops.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {laptops.map((laptop) => (
            <tr key={laptop.id}>
              <th scope="row">
                {laptop.name}
                <small>
                  {laptop.platform} · Tallyman {laptop.appVersion}
                </small>
              </th>
              <td className={styles['health']}>
                <LaptopHealth laptop={laptop} now={now} />
              </td>
              <td>{laptop.lastPerson?.name ?? '–'}</td>
              <td>{formats.relative(laptop.lastSeen, now) ?? t('time.justNow')}</td>
              <td>
                {laptop.revokedAt === null && (
                  <Button
                    size="sm"
                    variant="default"
                    aria-label={t('admin.laptops.revokeOne', { name: laptop.name })}
                    onClick={() => onRevoke(laptop)}
                  >
                    {t('admin.laptops.revoke')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
