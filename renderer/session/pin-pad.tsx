import { IconArrowRight, IconBackspace } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './session.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface PinPadProps {
  onDigit: (digit: string) => void;
  onBack: () => void;
  onEnter: () => void;
  isReady: boolean;
}

/** Large digits for gloves. */
export function PinPad({ onDigit, onBack, onEnter, isReady }: PinPadProps) {
  const { t } = useTranslation();
  const digit = (value: string) => (
    <button key={value} type="button" onMouseDown={keepFocus} onClick={() => onDigit(value)}>
      {value}
    </button>
  );
  return (
    <div className={styles['pad']} role="group" aria-label={t('session.pin.pad')}>
      {DIGITS.map(digit)}
      <button
        type="button"
        onMouseDown={keepFocus}
        onClick={onBack}
        aria-label={t('session.pin.back')}
      >
        <IconBackspace aria-hidden size={26} />
      </button>
      {digit('0')}
      <button
        type="button"
        className={styles['enter']}
        onMouseDown={keepFocus}
        aria-disabled={!isReady || undefined}
        aria-label={t('session.pin.enter')}
        onClick={onEnter}
      >
        <IconArrowRight aria-hidden size={26} />
      </button>
    </div>
  );
}

/** So that keys may follow fingers. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
