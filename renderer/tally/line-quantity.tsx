import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TallyLine } from '../../shared/desktop/tally-views.ts';
import { usePackWords } from '../goods/use-pack-words.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { type QuantityWriter, useTypedQuantity } from './use-typed-quantity.ts';
import styles from './tally.module.css';

export interface LineQuantityProps extends QuantityWriter {
  line: TallyLine;
  isOpen: boolean;
}

/** How many of a line there are: scans count up, and a person may type over it. */
export function LineQuantity({ line, isOpen, ...writer }: LineQuantityProps) {
  const { t } = useTranslation();
  const packs = usePackWords();
  const { shown, onType, onDone, error } = useTypedQuantity(line, writer);
  const inPacks = packs.split(shown ?? 0, line.unit, line.packs);
  return (
    <div className={styles['quantity']}>
      <NumberInput
        aria-label={t('tally.quantityOf', { name: line.productName })}
        error={error === null ? undefined : t(`error.${wireErrorOf(error).code}.title`)}
        suffix={` ${line.unit}`}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        hideControls
        disabled={!isOpen}
        value={shown ?? ''}
        onChange={(next) => onType(typeof next === 'number' ? next : null)}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onDone();
        }}
      />
      {inPacks !== null && <span className="quiet">{inPacks}</span>}
    </div>
  );
}
