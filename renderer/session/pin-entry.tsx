import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KnownPerson, PIN_LENGTH_MIN } from '../../shared/desktop/session-views.ts';
import { useTRPC } from '../trpc.ts';
import { PinField } from './pin-field.tsx';
import { PinPad } from './pin-pad.tsx';
import { useEntryProblem } from './use-entry-problem.ts';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

interface PinEntryProps {
  person: KnownPerson;
  onWithPassword: () => void;
}

/** A PIN, by keys or by finger. The keyboard stays in the field while the pad is pressed. */
export function PinEntry({ person, onWithPassword }: PinEntryProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const problemOf = useEntryProblem();
  const problemId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState('');
  const unlock = useMutation(trpc.session.unlock.mutationOptions(useSessionChange()));
  const submit = (event?: SubmitEvent): void => {
    event?.preventDefault();
    field.current?.focus();
    if (unlock.isPending || pin.length < PIN_LENGTH_MIN) return;
    unlock.mutate({ personId: person.id, pin }, { onError: () => setPin('') });
  };
  return (
    <form className={styles['entry']} onSubmit={submit} aria-label={person.name} noValidate>
      <PinField
        ref={field}
        autoFocus
        label={t('session.pin.label', { name: person.name })}
        describedBy={problemId}
        isWrong={unlock.error !== null}
        value={pin}
        onChange={(typed) => {
          setPin(typed);
          if (unlock.error) unlock.reset();
        }}
      />
      <p id={problemId} role="alert" className={styles['problem']}>
        {unlock.error && problemOf(unlock.error)}
      </p>
      <PinPad
        onDigit={(digit) => {
          setPin((was) => was + digit);
          if (unlock.error) unlock.reset();
        }}
        onBack={() => setPin((was) => was.slice(0, -1))}
        isReady={pin.length >= PIN_LENGTH_MIN}
        onEnter={() => submit()}
      />
      <Button type="button" variant="subtle" onClick={onWithPassword}>
        {t('session.withPassword')}
      </Button>
    </form>
  );
}
