import { useTranslation } from 'react-i18next';
import { AboutBox } from './about-box.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { AutomaticSettings } from './automatic-settings.tsx';
import { FeedbackSettings } from './feedback-settings.tsx';
import { ServerSettings } from './server-settings.tsx';
import { SiteSettings } from './site-settings.tsx';
import styles from './settings.module.css';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <h1>{t('settings.title')}</h1>
      <ServerSettings />
      <SiteSettings />
      <AutomaticSettings />
      <AppearanceSettings />
      <FeedbackSettings />
      <AboutBox />
    </div>
  );
}
