import { Autocomplete, Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  enteredSerials,
  type MovementDraft,
  placeOfSerial,
  type MovedGoods,
} from './movement-draft.ts';
import styles from './stock.module.css';

const SERIAL_LENGTH_MAX = 64;
/** As many as one movement takes. */
const PIECES_MAX = 200;

interface SerialFieldsProps {
  draft: MovementDraft;
  goods: MovedGoods;
  /** The pieces that lie at the place. */
  here: readonly string[];
  onChange: (fields: Partial<MovementDraft>) => void;
  error: string | undefined;
}

/** One field for each piece. A number that is entered twice, or that comes although it is here, is said at its field. */
export function SerialFields({ draft, goods, here, onChange, error }: SerialFieldsProps) {
  const { t } = useTranslation();
  const serials = draft.serials.length === 0 ? [''] : draft.serials;
  const isGone = draft.kind === 'adjust' && (draft.quantity ?? 1) < 0;
  const comes = draft.kind === 'receive' || (draft.kind === 'adjust' && !isGone);
  const put = (at: number, serial: string): void =>
    onChange({ serials: serials.map((one, index) => (index === at ? serial : one)) });
  const problemAt = (at: number): string | undefined => {
    const serial = serials[at]?.trim() ?? '';
    if (serial === '') return at === 0 ? error : undefined;
    if (serials.findIndex((one) => one.trim() === serial) < at)
      return t('stock.problem.serialTwice');
    const place = placeOfSerial(goods.stock, serial);
    return comes && place !== null ? t('stock.serialAt', { code: place }) : undefined;
  };
  return (
    <fieldset className={styles['serials']}>
      <legend>{t('stock.serials', { count: enteredSerials(draft).length })}</legend>
      {draft.kind === 'adjust' && (
        <SegmentedControl
          size="md"
          aria-label={t('stock.change')}
          data={[
            { value: '1', label: t('stock.pieceFound') },
            { value: '-1', label: t('stock.pieceGone') },
          ]}
          value={isGone ? '-1' : '1'}
          onChange={(sign) => onChange({ quantity: Number(sign) })}
        />
      )}
      {serials.map((serial, at) => (
        <Autocomplete
          // A piece has no name but its place in the list until its number is typed.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          size="md"
          label={t('stock.serialOf', { number: at + 1 })}
          error={problemAt(at)}
          data={comes ? [] : here.filter((one) => one === serial || !serials.includes(one))}
          maxLength={SERIAL_LENGTH_MAX}
          autoComplete="off"
          comboboxProps={{ shadow: 'md', portalProps: { target: '#content' } }}
          value={serial}
          onChange={(next) => put(at, next)}
        />
      ))}
      {serials.length < PIECES_MAX && (
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={18} />}
          onClick={() => onChange({ serials: [...serials, ''] })}
        >
          {t('stock.addPiece')}
        </Button>
      )}
    </fieldset>
  );
}
