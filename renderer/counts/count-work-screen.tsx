import { Button } from '@mantine/core';
import { IconCircleCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { COUNT_STAGES } from '../../shared/entities/stock-count.ts';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { useWriteRecords } from '../records/use-write-records.ts';
import { LocationSelect } from '../stock/location-select.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { RunningTotal } from '../tally/running-total.tsx';
import { ScanLog } from '../tally/scan-log.tsx';
import { TallyLines } from '../tally/tally-lines.tsx';
import { type TallySession, useTally } from '../tally/use-tally.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { CountPage } from './count-page.tsx';
import styles from './counts.module.css';

interface CountWorkScreenProps {
  id: string;
  locationId: string | null;
}

/** The counting itself: a place first, by a scan or from the list, then what lies there. */
export function CountWorkScreen({ id, locationId }: CountWorkScreenProps) {
  const { t } = useTranslation();
  return (
    <CountPage id={id} back="count">
      {(count) =>
        count.stage === 'planned' || count.stage === 'counting' ? (
          <Counting count={count} locationId={locationId} />
        ) : (
          <p>{t('counts.notOpen')}</p>
        )
      }
    </CountPage>
  );
}

function Counting({ count, locationId }: { count: CountSummary; locationId: string | null }) {
  const { t } = useTranslation();
  const { id: subjectId, siteId } = count;
  const { session, error } = useTally({ kind: 'count', subjectId, siteId, locationId });
  const started = useStarted(count);
  if (error !== null) return <ErrorWords error={wireErrorOf(error)} />;
  if (session === null) return <p className="quiet">{t('records.loading')}</p>;
  return (
    <>
      {count.blind && <p className="quiet">{t('counts.blindHint')}</p>}
      {started !== null && <ErrorWords error={wireErrorOf(started)} />}
      <Place session={session} siteId={siteId} />
      <ProductByName session={session} />
      <RunningTotal session={session} />
      <TallyLines session={session} />
      <Finish session={session} count={count} />
      <ScanLog session={session} />
    </>
  );
}

/** Whoever counts first begins the count. Returns what went wrong with it. */
function useStarted({ id, stage }: CountSummary): unknown {
  const { write, error } = useWriteRecords();
  const isBegun = useRef(false);
  useEffect(() => {
    if (stage !== 'planned' || isBegun.current) return;
    isBegun.current = true;
    const fields = { stage: COUNT_STAGES.counting };
    const seen = { stage: COUNT_STAGES.planned };
    // It stays in `error`.
    write({ kind: 'update', entity: 'stock_count', id, fields, seen }).catch(() => undefined);
  }, [id, stage, write]);
  return error;
}

function Place({ session, siteId }: { session: TallySession; siteId: string }) {
  const { t } = useTranslation();
  const { locationId, locationCode } = session.tally;
  const [error, setError] = useState<unknown>(null);
  const bare = { siteId, siteCode: '', name: null, blocked: false };
  const place = locationId === null ? null : { ...bare, id: locationId, code: locationCode ?? '' };
  return (
    <section className={styles['place']} aria-labelledby="count-place">
      <h2 id="count-place">
        {locationCode === null
          ? t('counts.wherePlace')
          : t('counts.atPlace', { code: locationCode })}
      </h2>
      <LocationSelect
        label={t('counts.place')}
        siteId={siteId}
        known={[]}
        unit=""
        error={undefined}
        autoFocus={locationId === null}
        value={place}
        onChange={(next) => {
          if (next === null) return;
          setError(null);
          session.place(next.id).catch((failure: unknown) => setError(failure));
        }}
      />
      <p className="quiet">{t('counts.scanPlace')}</p>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
    </section>
  );
}

/** Goods whose code cannot be scanned: chosen by name, and then their number is typed. */
function ProductByName({ session }: { session: TallySession }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const { locationId } = session.tally;
  if (locationId === null) return null;
  const add = (productId: string): void => {
    setError(null);
    const goods = { productId, locationId, lot: '', serial: '', expiresOn: null };
    session.type({ ...goods, quantity: 0 }).catch((failure: unknown) => setError(failure));
  };
  return (
    <div className={styles['place']}>
      <ReferencePicker
        entity="product"
        siteId={null}
        label={t('counts.addProduct')}
        error={error === null ? undefined : t('counts.addFailed')}
        clearable={false}
        value={null}
        onChange={(productId) => {
          if (productId !== null) add(productId);
        }}
      />
    </div>
  );
}

/** What was counted is handed over with the word that nothing more lies there, or without it. */
function Finish({ session, count }: { session: TallySession; count: CountSummary }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { locationId, locationCode, items } = session.tally;
  const places = new Set(items.map((line) => line.locationId).filter((id) => id !== null));
  if (locationId !== null) places.add(locationId);
  const post = async (donePlaces: readonly string[]): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const { operationIds } = await session.post({ donePlaces: [...donePlaces] });
      const words = t('counts.posted', { place: locationCode ?? '' });
      const done = {
        operationId: operationIds.length === 1 ? (operationIds[0] ?? null) : null,
        words,
      };
      navigate(`/counts/${count.id}`, { state: { done } });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  // There is nothing to hand over before somebody has said where they are.
  if (places.size === 0) return null;
  return (
    <div className={styles['actions']}>
      <Button
        leftSection={<IconCircleCheck aria-hidden size={20} />}
        aria-disabled={busy || undefined}
        onClick={() => void post([...places])}
      >
        {t('counts.finishPlace', { count: places.size, code: locationCode ?? '' })}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDeviceFloppy aria-hidden size={20} />}
        aria-disabled={busy || items.length === 0 || undefined}
        onClick={() => {
          if (items.length > 0) void post([]);
        }}
      >
        {t('counts.postOpen')}
      </Button>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
    </div>
  );
}
