import { Button } from '@mantine/core';
import { IconArrowLeft, IconTruckOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { PhotoStrip } from '../photos/photo-strip.tsx';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { RecordBadges } from '../records/record-badges.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { DeliveryActions } from './delivery-actions.tsx';
import { DeliveryLines } from './delivery-lines.tsx';
import { deliveryStage } from './delivery-stage.ts';
import { StageBadge } from './stage-badge.tsx';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

/** One delivery: what was expected, what has come, and what one can do about it. */
export function DeliveryDetailScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(trpc.deliveries.get.queryOptions({ id }));
  return (
    <div className={recordStyles['page']}>
      <Button
        component={Link}
        href="/deliveries"
        variant="subtle"
        className={recordStyles['start'] ?? ''}
        leftSection={<IconArrowLeft aria-hidden size={20} />}
      >
        {t('deliveries.back')}
      </Button>
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {!isPending && !error && !data && (
        <EmptyState
          icon={<IconTruckOff aria-hidden size={44} stroke={1.4} />}
          title={t('deliveries.missing')}
          text={t('deliveries.missingHint')}
        />
      )}
      {data && <Details delivery={data} />}
    </div>
  );
}

function Details({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  const cameFrom = useHistoryState<{ done?: Done } | null>();
  const [done, setDone] = useState<Done | null>(cameFrom?.done ?? null);
  const facts: readonly (readonly [string, string])[] = [
    [t('deliveries.supplier'), delivery.supplier ?? '–'],
    [t('records.column.site_id'), delivery.siteCode],
    [
      t('deliveries.expectedAt'),
      delivery.expectedAt === null ? '–' : formats.dateTime(delivery.expectedAt),
    ],
  ];
  return (
    <>
      <header className={recordStyles['head']}>
        <h1>{delivery.code}</h1>
        <StageBadge stage={deliveryStage(delivery, now())} />
        <RecordBadges pending={delivery.pending} conflict={delivery.conflict} />
      </header>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {delivery.note !== null && (
          <div data-wide>
            <dt>{t('records.column.note')}</dt>
            <dd>{delivery.note}</dd>
          </div>
        )}
      </dl>
      <DeliveryActions delivery={delivery} onDone={setDone} />
      <DoneNote done={done} />
      <DeliveryLines delivery={delivery} />
      <section className={recordStyles['card']} aria-labelledby="delivery-photos">
        <h2 id="delivery-photos">{t('photos.title')}</h2>
        <PhotoStrip subject={{ kind: 'delivery', id: delivery.id, siteId: delivery.siteId }} />
      </section>
    </>
  );
}
