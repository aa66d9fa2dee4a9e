import { Button, SegmentedControl } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconProgress } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CountPlaceView, CountSummary } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { Pager } from './pager.tsx';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

const SHOWS = ['all', 'open', 'done'] as const;
const PAGE = 100;

/** The places of a count with what was seen there. */
export function CountPlaces({ count }: { count: CountSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const [show, setShow] = useState<(typeof SHOWS)[number]>('all');
  const [offset, setOffset] = useState(0);
  const { data, error } = useQuery(
    trpc.counts.places.queryOptions(
      { countId: count.id, show, offset, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const isOpen = count.stage === 'planned' || count.stage === 'counting';
  return (
    <section className={recordStyles['card']} aria-labelledby="count-places">
      <div className={styles['tools']}>
        <h2 id="count-places" className={styles['grow']}>
          {data
            ? t('counts.placesOf', {
                count: data.places,
                done: formats.number(data.done),
                formatted: formats.number(data.places),
              })
            : t('counts.places')}
        </h2>
        <SegmentedControl
          aria-label={t('counts.show')}
          data={SHOWS.map((value) => ({ value, label: t(`counts.placesShowing.${value}`) }))}
          value={show}
          onChange={(value) => {
            setOffset(0);
            setShow(SHOWS.find((one) => one === value) ?? 'all');
          }}
        />
      </div>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {data?.total === 0 && <p className="quiet">{t('counts.noPlaces')}</p>}
      {data && data.total > 0 && (
        <div className={recordStyles['scroll']}>
          <table className={recordStyles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('counts.place')}</th>
                <th scope="col">{t('counts.zone')}</th>
                <th scope="col">{t('records.status')}</th>
                <th scope="col">{t('counts.lines')}</th>
                <th scope="col">{t('counts.who')}</th>
                {isOpen && <th scope="col">{t('counts.count')}</th>}
              </tr>
            </thead>
            <tbody>
              {data.items.map((place) => (
                <PlaceRow
                  key={place.locationId}
                  place={place}
                  path={isOpen ? `/counts/${count.id}/counting/${place.locationId}` : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <Pager offset={offset} total={data.total} page={PAGE} onOffset={setOffset} />}
    </section>
  );
}

/** `path` leads to counting it; null while nobody may. */
function PlaceRow({ place, path }: { place: CountPlaceView; path: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { code, name, zone, doneAt, lines, person, isExtra } = place;
  return (
    <tr>
      <td>
        <strong>{code}</strong> {name}
        {isExtra && <span className="quiet"> {t('counts.notPlanned')}</span>}
      </td>
      <td>{zone ?? '–'}</td>
      <td>
        <PlaceState doneAt={doneAt} lines={lines} />
      </td>
      <td>{formats.number(lines)}</td>
      <td>{person?.name ?? '–'}</td>
      {path !== null && (
        <td>
          <Button
            component={Link}
            href={path}
            variant="subtle"
            aria-label={t('counts.countAt', { code })}
          >
            {t('counts.count')}
          </Button>
        </td>
      )}
    </tr>
  );
}

function PlaceState({ doneAt, lines }: Pick<CountPlaceView, 'doneAt' | 'lines'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (doneAt !== null) {
    return (
      <span className={styles['state']} data-state="approved">
        <IconCircleCheck aria-hidden size={18} />
        {t('counts.placeDone', { time: formats.dateTime(doneAt) })}
      </span>
    );
  }
  const Icon = lines > 0 ? IconProgress : IconCircleDashed;
  return (
    <span className={styles['state']} data-state={lines > 0 ? 'counting' : 'planned'}>
      <Icon aria-hidden size={18} />
      {t(lines > 0 ? 'counts.placeBegun' : 'counts.placeOpen')}
    </span>
  );
}
