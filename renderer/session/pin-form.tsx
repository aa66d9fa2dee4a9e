import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PIN_LENGTH_MAX, PIN_LENGTH_MIN } from '../../shared/desktop/session-views.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PinField } from './pin-field.tsx';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

interface PinFormProps {
  onDone: () => void;
  /** The way out. */
  children: ReactNode;
}

/** A new PIN, typed twice, because nobody sees what they type. */
export function PinForm({ onDone, children }: PinFormProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [hasTried, setTried] = useState(false);
  const setting = useMutation(trpc.session.setPin.mutationOptions(useSessionChange()));
  const isShort = pin.length < PIN_LENGTH_MIN;
  const differs = pin !== again;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (setting.isPending || isShort || differs) return;
    setting.mutate({ pin }, { onSuccess: onDone });
  };
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <PinField
        autoFocus
        label={t('session.pin.new')}
        hint={t('session.pin.rule', { min: PIN_LENGTH_MIN, max: PIN_LENGTH_MAX })}
        error={hasTried && isShort ? t('session.pin.short', { min: PIN_LENGTH_MIN }) : undefined}
        value={pin}
        onChange={setPin}
      />
      <PinField
        label={t('session.pin.again')}
        error={hasTried && !isShort && differs ? t('session.pin.differs') : undefined}
        value={again}
        onChange={setAgain}
      />
      {setting.error && <ErrorWords error={wireErrorOf(setting.error)} />}
      <div className={styles['buttons']}>
        {children}
        <Button type="submit" loading={setting.isPending}>
          {t('session.pin.set')}
        </Button>
      </div>
    </form>
  );
}
