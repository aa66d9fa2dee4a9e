import { IconCheck, IconCircleDashed, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeliveryLineView } from '../../shared/desktop/delivery-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './deliveries.module.css';

type LineState = 'open' | 'whole' | 'over';

const ICONS: Readonly<Record<LineState, TablerIcon>> = {
  open: IconCircleDashed,
  whole: IconCheck,
  over: IconPlus,
};

function lineStateOf({
  expected,
  received,
}: Pick<DeliveryLineView, 'expected' | 'received'>): LineState {
  if (received < expected) return 'open';
  return received > expected ? 'over' : 'whole';
}

/** Whether enough has come: by sign, word and colour. */
export function LineState({ line }: { line: DeliveryLineView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const state = lineStateOf(line);
  const Icon = ICONS[state];
  return (
    <span className={styles['state']} data-state={state}>
      <Icon aria-hidden size={16} />
      {t(`deliveries.line.${state}`, {
        quantity: `${formats.number(Math.abs(line.expected - line.received))} ${line.unit}`,
      })}
    </span>
  );
}
