import { SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ExpiringGoods } from '../../shared/desktop/overview-views.ts';
import { useEnvironment } from '../environment.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { isoDay } from '../exchange/iso-time.ts';
import type { CsvColumn } from '../exchange/write-csv.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { today } from './today.ts';
import styles from './overview.module.css';

const DAY_MS = 86_400_000;
const AHEAD_DAYS = ['0', '7', '30', '90'] as const;
const LISTED_MAX = 500;

const COLUMNS: readonly CsvColumn<ExpiringGoods>[] = [
  ['expires_on', ({ expiresOn }) => isoDay(expiresOn)],
  ['sku', ({ sku }) => sku],
  ['name', ({ productName }) => productName],
  ['lot', ({ lot }) => lot],
  ['serial', ({ serial }) => serial],
  ['location', ({ locationCode }) => locationCode],
  ['on_hand', ({ onHand }) => onHand],
  ['unit', ({ unit }) => unit],
];

/** Goods that have to leave soon, and those that should have. */
export function ExpiringList({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { now } = useEnvironment();
  const [ahead, setAhead] = useState<string>('30');
  const day = today(now());
  const input = { siteId, until: day + Number(ahead) * DAY_MS, limit: LISTED_MAX };
  const { data, error } = useQuery(trpc.overview.expiring.queryOptions(input));
  return (
    <>
      <SegmentedControl
        className={styles['ahead'] ?? ''}
        aria-label={t('overview.ahead')}
        data={AHEAD_DAYS.map((value) => ({
          value,
          label:
            value === '0' ? t('overview.expired') : t('overview.inDays', { count: Number(value) }),
        }))}
        value={ahead}
        onChange={setAhead}
      />
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck aria-hidden size={44} stroke={1.4} />}
          title={t('overview.noneExpiring')}
        />
      )}
      {data && data.length > 0 && (
        <>
          <ExpiringTable goods={data} day={day} />
          <ExportButton
            name="tallyman-expiring"
            columns={COLUMNS}
            pages={async function* all() {
              yield data;
            }}
          />
        </>
      )}
    </>
  );
}

function ExpiringTable({ goods, day }: { goods: readonly ExpiringGoods[]; day: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className={styles['card']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('overview.lastDay')}</th>
            <th scope="col">{t('records.column.product_id')}</th>
            <th scope="col">{t('overview.lot')}</th>
            <th scope="col">{t('overview.place')}</th>
            <th scope="col" className={styles['right']}>
              {t('overview.onHand')}
            </th>
          </tr>
        </thead>
        <tbody>
          {goods.map((one) => (
            <tr key={`${one.productId} ${one.locationId} ${one.lot} ${one.serial}`}>
              <td>
                <span className={styles['lastDay']} data-gone={one.expiresOn < day || undefined}>
                  {one.expiresOn < day ? (
                    <IconAlertTriangle role="img" aria-label={t('overview.expired')} size={18} />
                  ) : (
                    <IconClock aria-hidden size={18} />
                  )}
                  {formats.day(one.expiresOn)}
                </span>
              </td>
              <th scope="row">
                <Link href={`/product/${one.productId}`}>{one.productName}</Link>
                <small className="quiet">{one.sku}</small>
              </th>
              <td>{one.lot || one.serial || '–'}</td>
              <td>{one.locationCode}</td>
              <td className={styles['right']}>{`${formats.number(one.onHand)} ${one.unit}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
