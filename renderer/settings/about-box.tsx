import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings.module.css';

const SHELL_WORDS = {
  electron: 'settings.about.shellElectron',
  browser: 'settings.about.shellBrowser',
  headless: 'settings.about.shellHeadless',
} as const;

/** What support asks for. */
export function AboutBox() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: info } = useQuery(trpc.app.info.queryOptions());
  if (!info) return null;
  const facts: readonly (readonly [string, string])[] = [
    [t('settings.about.version'), `${t('app.name')} ${info.version}`],
    [t('settings.about.shell'), t(SHELL_WORDS[info.shell])],
    [t('settings.about.platform'), info.platform],
    [t('settings.about.sqlite'), `SQLite ${info.sqliteVersion}`],
    [t('settings.about.folder'), info.dataFolder],
    [t('settings.about.device'), info.deviceId],
  ];
  return (
    <SettingsSection title={t('settings.about.title')}>
      <dl className={styles['about']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  );
}
