import { Autocomplete, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StockLotView } from '../../shared/desktop/stock-views.ts';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import type { MovementDraft, MovedGoods } from './movement-draft.ts';
import styles from './stock.module.css';

const LOT_LENGTH_MAX = 64;

interface LotFieldsProps {
  draft: MovementDraft;
  goods: MovedGoods;
  /** What lies at the place, the earliest expiry first. */
  lots: readonly StockLotView[];
  onChange: (fields: Partial<MovementDraft>) => void;
  errors: { lot: string | undefined; expiry: string | undefined };
}

/** Lot and day of expiry, where the product has them. What is there is proposed, the earliest expiry first. */
export function LotFields({ draft, goods, lots, onChange, errors }: LotFieldsProps) {
  const { t } = useTranslation();
  const takeLot = (lot: string): void => {
    const known = lots.find((one) => one.lot === lot);
    onChange(known ? { lot, expiresOn: known.expiresOn } : { lot });
  };
  return (
    <>
      {goods.tracking === 'lot' && (
        <Autocomplete
          size="md"
          label={t('stock.lot')}
          error={errors.lot}
          data={[...new Set(lots.map(({ lot }) => lot).filter((lot) => lot !== ''))]}
          filter={({ options }) => options}
          renderOption={({ option }) => (
            <LotOption lot={lots.find(({ lot }) => lot === option.value)} words={option.value} />
          )}
          maxLength={LOT_LENGTH_MAX}
          autoComplete="off"
          comboboxProps={{ shadow: 'md', portalProps: { target: '#content' } }}
          value={draft.lot}
          onChange={takeLot}
        />
      )}
      {goods.tracksExpiry && (
        <TextInput
          type="date"
          label={t('stock.expiresOn')}
          error={errors.expiry}
          value={draft.expiresOn === null ? '' : dayText(draft.expiresOn)}
          onChange={(event) => {
            const at = Date.parse(event.currentTarget.value);
            onChange({ expiresOn: Number.isNaN(at) ? null : at });
          }}
        />
      )}
      <ExpiredWarning expiresOn={goods.tracksExpiry ? draft.expiresOn : null} />
    </>
  );
}

function LotOption({ lot, words }: { lot: StockLotView | undefined; words: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <span className={styles['option']}>
      <strong>{words}</strong>
      {lot && lot.expiresOn !== null && (
        <span className="quiet">{t('stock.until', { day: formats.day(lot.expiresOn) })}</span>
      )}
      {lot && <span className={styles['here']}>{formats.number(lot.onHand)}</span>}
    </span>
  );
}

/** Said in words, and not forbidden: what has expired must leave the shelf too. */
export function ExpiredWarning({ expiresOn }: { expiresOn: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  if (expiresOn === null || !isExpired(expiresOn, now())) return null;
  return (
    <p role="alert" className={styles['warning']}>
      <IconAlertTriangle aria-hidden size={18} />
      {t('stock.expired', { day: formats.day(expiresOn) })}
    </p>
  );
}

/** The day itself is the last on which goods may be used. */
export function isExpired(expiresOn: number, now: number): boolean {
  return dayText(expiresOn) < dayText(now);
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
