import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CurrentPerson } from '../../shared/desktop/session-views.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PinForm } from './pin-form.tsx';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

interface ChangePinProps {
  person: CurrentPerson;
  /** With what was done, if anything. */
  onDone: (words: string | null) => void;
}

export function ChangePin({ person, onDone }: ChangePinProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const removing = useMutation(trpc.session.removePin.mutationOptions(useSessionChange()));
  const remove = (): void =>
    removing.mutate(undefined, { onSuccess: () => onDone(t('account.pinRemoved')) });
  return (
    <section aria-labelledby="change-pin">
      <h2 id="change-pin">{t(person.hasPin ? 'account.changePin' : 'account.setPin')}</h2>
      <p className={styles['hint']}>{t('account.pinHint')}</p>
      <PinForm onDone={() => onDone(t('account.pinSet'))}>
        <Button type="button" variant="default" onClick={() => onDone(null)}>
          {t('records.cancel')}
        </Button>
        {person.hasPin && (
          <Button type="button" variant="default" loading={removing.isPending} onClick={remove}>
            {t('account.removePin')}
          </Button>
        )}
      </PinForm>
      {removing.error && <ErrorWords error={wireErrorOf(removing.error)} />}
    </section>
  );
}
