import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { useNow } from '../use-now.ts';
import { useReturnFocus } from '../use-return-focus.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { AdminTable } from './admin-table.tsx';
import { LaptopHealth } from './laptop-health.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { RevokeLaptop } from './revoke-laptop.tsx';
import { ShownInParts } from './shown-in-parts.tsx';
import styles from './admin.module.css';

const AGE_TICK_MS = 60_000;

/** Every laptop that has signed in, and how its sync is doing. */
export function LaptopList() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [leaving, setLeaving] = useState<AdminDevice | null>(null);
  useReturnFocus(leaving !== null);
  const [said, setSaid] = useState<string | null>(null);
  const query = useQuery({
    ...trpc.admin.devices.list.queryOptions(),
    staleTime: 0,
  });
  return (
    <>
      <section className={styles['card']} aria-label={t('admin.tab.laptops')}>
        <p role="status" className={styles['said']}>
          {said}
        </p>
        <AdminAnswer of={query}>
          {(devices) => (
            <ShownInParts items={devices} empty={t('admin.laptops.empty')}>
              {(shown) => <LaptopTable laptops={shown} onRevoke={setLeaving} />}
            </ShownInParts>
          )}
        </AdminAnswer>
      </section>
      {query.data?.some(({ quarantined }) => quarantined > 0) && <QuarantineList />}
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
    <AdminTable
      label={t('admin.tab.laptops')}
      look="actions"
      columns={(['name', 'health', 'person', 'seen', 'actions'] as const).map((column) =>
        t(`admin.laptops.column.${column}`),
      )}
    >
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
    </AdminTable>
  );
}
