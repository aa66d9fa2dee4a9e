import { Suspense, useState } from 'react';
import { IconServer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings/use-settings.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import styles from './session.module.css';

const ServerForm = lazyPart(() => import('../settings/server-form.tsx'));

/** Which server judges. It can be changed until somebody has signed in. */
export function ServerLine({ isChangeable }: { isChangeable: boolean }) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const [isChanging, setChanging] = useState(false);
  if (isChanging && isChangeable) {
    return (
      <div className={styles['serverForm']}>
        <Suspense fallback={null}>
          <ServerForm
            autoFocus
            label={t('settings.server.check')}
            hint={t('firstRun.addressHint')}
            onSaved={() => setChanging(false)}
          />
        </Suspense>
      </div>
    );
  }
  return (
    <p className={styles['server']}>
      <IconServer aria-hidden size={18} />
      <span>{settings?.serverUrl ?? t('network.noServerSet')}</span>
      {isChangeable && (
        <button type="button" className={styles['change']} onClick={() => setChanging(true)}>
          {t('session.changeServer')}
        </button>
      )}
    </p>
  );
}
