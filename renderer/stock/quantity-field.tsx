import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackSize } from '../../shared/desktop/tally-views.ts';
import { usePackWords } from '../goods/use-pack-words.ts';
import styles from './stock.module.css';

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = {
  '+': 1,
  ArrowUp: 1,
  '-': -1,
  ArrowDown: -1,
};

interface QuantityFieldProps {
  value: number | null;
  onChange: (quantity: number | null) => void;
  unit: string;
  /** A change may be negative; then the keys + and - are its sign, else they count by one. */
  signed: boolean;
  error: string | undefined;
  /** In which it may be typed beside the smallest unit. */
  packs?: readonly PackSize[] | undefined;
}

/** A whole number in the product's unit, for keyboard, scanner and glove. */
export function QuantityField(props: QuantityFieldProps) {
  const { unit, signed, error, packs = [] } = props;
  const { t } = useTranslation();
  const words = usePackWords();
  const [pack, setPack] = useState<PackSize | null>(null);
  const size = pack?.quantity ?? 1;
  // Shown in packs while one is chosen; what is handed on is always in the smallest unit.
  const value = props.value === null ? null : Math.trunc(props.value / size);
  const onChange = (count: number | null): void =>
    props.onChange(count === null ? null : count * size);
  const choose = (next: PackSize | null): void => {
    setPack(next);
    props.onChange(value === null ? null : value * (next?.quantity ?? 1));
  };
  const least = signed ? -Infinity : 1;
  const step = (by: number): void => {
    const next = (value ?? 0) + by;
    // A change of nothing is no change: stepping goes past it.
    onChange(Math.max(least, signed && next === 0 ? by : next));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = DIRECTIONS[event.key];
    if (by === undefined) return;
    const isSign = signed && (event.key === '+' || event.key === '-');
    // Into an empty field a sign is typed as any other character.
    if (isSign && value === null) return;
    event.preventDefault();
    if (isSign && value !== null) onChange(Math.abs(value) * by);
    else step(by);
  };
  return (
    <div className={styles['quantity']}>
      <NumberInput
        label={t(signed ? 'stock.change' : 'stock.quantity')}
        description={t(signed ? 'stock.changeHint' : 'stock.quantityHint')}
        error={error}
        suffix={pack ? ` × ${words.pack(pack)}` : ` ${unit}`}
        allowDecimal={false}
        allowNegative={signed}
        clampBehavior="none"
        hideControls
        withKeyboardEvents={false}
        value={value ?? ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon variant="default" size={44} aria-label={t('stock.less')} onClick={() => step(-1)}>
        <IconMinus aria-hidden size={20} />
      </ActionIcon>
      <ActionIcon variant="default" size={44} aria-label={t('stock.more')} onClick={() => step(1)}>
        <IconPlus aria-hidden size={20} />
      </ActionIcon>
      {packs.length > 0 && (
        <Select
          className={styles['packs']}
          label={t('stock.countedIn')}
          allowDeselect={false}
          data={[
            { value: '1', label: unit },
            ...packs.map((one) => ({ value: String(one.quantity), label: words.pack(one) })),
          ]}
          value={String(size)}
          onChange={(chosen) =>
            choose(packs.find(({ quantity }) => String(quantity) === chosen) ?? null)
          }
        />
      )}
    </div>
  );
}
