import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

/** A day: the longest interval the settings take. */
const SECONDS_MAX = 86_400;
const STEP = 10;

/** Saves when left or on Enter, so that half-typed numbers never become intervals. */
export function SecondsField({
  name,
  value,
  onSave,
}: {
  name: 'intervalSeconds' | 'retryIntervalInSeconds';
  value: number;
  onSave: (seconds: number) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string | null>(null);
  const save = (): void => {
    setTyped(null);
    if (typeof typed === 'number' && typed !== value) onSave(typed);
  };
  return (
    <NumberInput
      className={styles['seconds']}
      label={t(`settings.automatic.${name}`)}
      description={
        <>
          {t('settings.automatic.off')} · <code>{name}</code>
        </>
      }
      suffix={` ${t('settings.automatic.seconds')}`}
      min={0}
      max={SECONDS_MAX}
      step={STEP}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={typed ?? value}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
