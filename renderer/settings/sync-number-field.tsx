import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offlineDataSyncConfigurationField } from '../../shared/desktop/settings.ts';
import styles from './settings.module.css';

export type SyncNumberName =
  | 'intervalSeconds'
  | 'retryIntervalInSeconds'
  | 'maxRetries'
  | 'backoffFactor'
  | 'maxBackoffSeconds';

const FACTOR_DECIMALS = 2;

/** Saves when left or on Enter, so that half-typed numbers never become settings. Its bounds are the settings' own. */
export function SyncNumberField({
  name,
  value,
  disabled,
  onSave,
}: {
  name: SyncNumberName;
  value: number;
  disabled: boolean;
  onSave: (value: number) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string | null>(null);
  const { minValue, maxValue } = offlineDataSyncConfigurationField.shape[name];
  const isFactor = name === 'backoffFactor';
  const save = (): void => {
    setTyped(null);
    if (typeof typed !== 'number' || typed === value) return;
    if (offlineDataSyncConfigurationField.shape[name].safeParse(typed).success) onSave(typed);
  };
  return (
    <NumberInput
      className={styles['seconds']}
      label={t(`settings.automatic.${name}`)}
      description={
        <>
          {t(`settings.automatic.hint.${name}`)} <code>{name}</code>
        </>
      }
      suffix={name.includes('Seconds') ? ` ${t('settings.automatic.seconds')}` : ''}
      min={minValue ?? 0}
      {...(maxValue === null ? {} : { max: maxValue })}
      clampBehavior="strict"
      decimalScale={isFactor ? FACTOR_DECIMALS : 0}
      allowDecimal={isFactor}
      allowNegative={false}
      hideControls
      disabled={disabled}
      value={typed ?? value}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
