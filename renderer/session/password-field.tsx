import { TextInput } from '@mantine/core';
import { IconArrowBigUpLine, IconEye, IconEyeOff } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PASSWORD_LENGTH_MAX } from '../../shared/sync/auth-protocol.ts';
import styles from './session.module.css';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  autoComplete: 'current-password' | 'new-password';
  ref?: Ref<HTMLInputElement> | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean | undefined;
}

/** Can be shown to whoever types it, and says when the letters are all capitals. */
export function PasswordField({ onChange, hint, ...props }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const [isCapsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  const Icon = isShown ? IconEyeOff : IconEye;
  return (
    <div>
      <TextInput
        {...props}
        type={isShown ? 'text' : 'password'}
        description={hint}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={PASSWORD_LENGTH_MAX}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCapsLock(false)}
        rightSectionWidth="2.75rem"
        rightSection={
          <button
            type="button"
            className={styles['show']}
            aria-pressed={isShown}
            aria-label={t('session.showPassword')}
            title={t('session.showPassword')}
            onClick={() => setShown(!isShown)}
          >
            <Icon aria-hidden size={20} />
          </button>
        }
      />
      <p role="status" className={styles['caps']}>
        {isCapsLock && (
          <>
            <IconArrowBigUpLine aria-hidden size={18} />
            {t('session.capsLock')}
          </>
        )}
      </p>
    </div>
  );
}
