import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverUrlField } from '../../shared/desktop/settings.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

/** The server's address, checked as it is saved by the same rule as the app's. Used by first run and Settings. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ServerForm({
  label,
  hint,
  onSaved,
  autoFocus,
}: {
  label: string;
  hint: string;
  onSaved?: (() => void) | undefined;
  autoFocus?: boolean | undefined;
}) {
  const { t } = useTranslation();
  const { settings, update, saving, error } = useSettings();
  const [typed, setTyped] = useState<string | null>(null);
  const [isInvalid, setInvalid] = useState(false);
  const address = typed ?? settings?.serverUrl ?? '';

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const checked = serverUrlField.safeParse(address);
    setInvalid(!checked.success);
    if (!checked.success) return;
    setTyped(checked.data);
    update({ serverUrl: checked.data }, onSaved);
  };
  const failure = error
    ? t('settings.saveFailed', { reason: t(`error.${wireErrorOf(error).code}.title`) })
    : undefined;
  const problem = isInvalid ? t('settings.server.invalid') : failure;

  return (
    <form onSubmit={onSubmit} className={styles['form']} noValidate>
      <TextInput
        autoFocus={autoFocus}
        label={t('settings.server.address')}
        description={hint}
        error={problem}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={address}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setInvalid(false);
        }}
      />
      <Button type="submit" aria-disabled={saving || undefined}>
        {label}
      </Button>
    </form>
  );
}
