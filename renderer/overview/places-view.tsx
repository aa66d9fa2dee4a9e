import { Button, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceView, ZoneView } from '../../shared/desktop/overview-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PlaceMap } from './place-map.tsx';
import { PlacePanel } from './place-panel.tsx';
import { PlaceTable } from './place-table.tsx';
import styles from './overview.module.css';

const FIRST = 200;
const SHOWN_MAX = 500;

/** What lies where: a zone at a time, as a map of its places or as a list. */
export function PlacesView({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<ZoneView | null>(null);
  const [look, setLook] = useState<string>('map');
  const [limit, setLimit] = useState(FIRST);
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<PlaceView | null>(null);
  const zones = useQuery(trpc.overview.zones.queryOptions({ siteId }));
  const zone = chosen ?? zones.data?.[0];
  const input = { siteId, zone: zone?.zone ?? null, offset, limit };
  const places = useQuery({
    ...trpc.overview.places.queryOptions(input, { placeholderData: keepPreviousData }),
    enabled: zone !== undefined,
  });
  const error = zones.error ?? places.error;
  if (error) return <ErrorWords error={wireErrorOf(error)} />;
  if (zones.data?.length === 0) return <EmptyState title={t('locations.empty')} />;
  const total = places.data?.total ?? 0;
  const Look = look === 'map' ? PlaceMap : PlaceTable;
  return (
    <>
      <div className={styles['filters']}>
        <ZoneChoice
          zones={zones.data ?? []}
          value={zone}
          onChange={(next) => {
            setChosen(next);
            setOffset(0);
          }}
        />
        <SegmentedControl
          aria-label={t('overview.look')}
          data={[
            { value: 'map', label: t('overview.map') },
            { value: 'list', label: t('overview.list') },
          ]}
          value={look}
          onChange={setLook}
        />
      </div>
      {places.data && <Look places={places.data.items} onOpen={setOpen} />}
      <div className={styles['foot']}>
        {limit < SHOWN_MAX && total > limit && offset === 0 && (
          <Button variant="default" onClick={() => setLimit(SHOWN_MAX)}>
            {t('records.more')}
          </Button>
        )}
        {offset > 0 && (
          <Button variant="default" onClick={() => setOffset(Math.max(0, offset - SHOWN_MAX))}>
            {t('overview.before')}
          </Button>
        )}
        {limit === SHOWN_MAX && total > offset + SHOWN_MAX && (
          <Button variant="default" onClick={() => setOffset(offset + SHOWN_MAX)}>
            {t('overview.after')}
          </Button>
        )}
      </div>
      <PlacePanel place={open} onClose={() => setOpen(null)} />
    </>
  );
}

interface ZoneChoiceProps {
  zones: readonly ZoneView[];
  value: ZoneView | undefined;
  onChange: (zone: ZoneView) => void;
}

function ZoneChoice({ zones, value, onChange }: ZoneChoiceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles['zones']} role="group" aria-label={t('records.column.zone')}>
      {zones.map((zone) => (
        <button
          key={zone.zone ?? ''}
          type="button"
          className={styles['zone']}
          aria-pressed={zone.zone === value?.zone}
          onClick={() => onChange(zone)}
        >
          <strong>{zone.zone ?? t('overview.noZone')}</strong>
          <small>
            {t('overview.occupied', {
              occupied: formats.number(zone.occupied),
              places: formats.number(zone.places),
            })}
          </small>
        </button>
      ))}
    </div>
  );
}
