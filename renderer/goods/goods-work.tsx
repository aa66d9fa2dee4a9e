import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import type { TallyStartInput } from '../../shared/desktop/tally-views.ts';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { RunningTotal } from '../tally/running-total.tsx';
import { ScanLog } from '../tally/scan-log.tsx';
import { TallyLines } from '../tally/tally-lines.tsx';
import { UnknownCodes } from '../tally/unknown-codes.tsx';
import { type TallySession, useTally } from '../tally/use-tally.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { AddGoods } from './add-goods.tsx';
import type { GoodsKind } from './goods-kinds.ts';
import { PostGoods } from './post-goods.tsx';
import type { Posted } from './posted-note.tsx';
import { PutAway } from './put-away.tsx';
import { StillMissing } from './still-missing.tsx';
import recordStyles from '../records/records.module.css';
import styles from './goods.module.css';

interface GoodsWorkProps {
  start: TallyStartInput;
  kind: GoodsKind;
  delivery: DeliveryView | undefined;
  onPosted: (posted: Posted, locationId: string | null) => void;
}

/** One round: the place, by scan or by name; then goods, by scan or by name; then it is posted as a whole. */
export function GoodsWork({ start, kind, delivery, onPosted }: GoodsWorkProps) {
  const { t } = useTranslation();
  const { session, error } = useTally(start);
  if (error) return <ErrorWords error={wireErrorOf(error)} />;
  if (!session) return <p className="quiet">{t('records.loading')}</p>;
  return <Round session={session} kind={kind} delivery={delivery} onPosted={onPosted} />;
}

interface RoundProps extends Omit<GoodsWorkProps, 'start'> {
  session: TallySession;
}

function Round({ session, kind, delivery, onPosted }: RoundProps) {
  const { t } = useTranslation();
  const { tally } = session;
  const hasPlace = tally.locationId !== null;
  return (
    <div className={styles['columns']}>
      <div>
        <section className={recordStyles['card']} aria-labelledby="goods-place">
          <h2 id="goods-place">{t(hasPlace ? `goods.at.${kind}` : 'goods.placeFirst')}</h2>
          <div className={styles['places']}>
            <PlaceField
              label={t(`stock.location.${kind}`)}
              siteId={tally.siteId}
              value={tally.locationId}
              onChange={(id) => session.place(id, 'at')}
            />
            {kind === 'move' && (
              <PlaceField
                label={t('stock.toLocation')}
                siteId={tally.siteId}
                value={tally.toLocationId}
                onChange={(id) => session.place(id, 'to')}
              />
            )}
          </div>
          {!hasPlace && <p className="quiet">{t('goods.scanPlace')}</p>}
          {kind === 'move' && hasPlace && <PutAway session={session} />}
        </section>
        {delivery && <StillMissing delivery={delivery} tally={tally} />}
      </div>
      <div>
        <section className={recordStyles['card']} aria-labelledby="goods-items">
          <h2 id="goods-items">{t('goods.items')}</h2>
          <RunningTotal session={session} />
          {hasPlace && <AddGoods session={session} kind={kind} />}
          <TallyLines session={session} />
          <PostGoods session={session} kind={kind} delivery={delivery} onPosted={onPosted} />
        </section>
        <section className={recordStyles['card']} aria-labelledby="goods-scans">
          <h2 id="goods-scans">{t('tally.log')}</h2>
          <ScanLog session={session} />
          <UnknownCodes />
        </section>
      </div>
    </div>
  );
}

interface PlaceFieldProps {
  label: string;
  siteId: string;
  value: string | null;
  onChange: (id: string) => Promise<void>;
}

function PlaceField({ label, siteId, value, onChange }: PlaceFieldProps) {
  const choose = useStableCallback((id: string | null) => {
    // What could not be stored shows when the tally is read again.
    if (id !== null) onChange(id).catch(() => undefined);
  });
  return (
    <ReferencePicker
      entity="location"
      siteId={siteId}
      label={label}
      error={undefined}
      clearable={false}
      leavesScans
      value={value}
      onChange={choose}
    />
  );
}
