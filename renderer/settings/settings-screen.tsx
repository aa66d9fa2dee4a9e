import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { lazyPart } from '../shell/lazy-part.tsx';
import { AboutBox } from './about-box.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { AutomaticSettings } from './automatic-settings.tsx';
import { FeedbackSettings } from './feedback-settings.tsx';
import { LockSettings } from './lock-settings.tsx';
import { ScannerLink } from './scanner-link.tsx';
import { ServerSettings } from './server-settings.tsx';
import { SiteSettings } from './site-settings.tsx';
import styles from './settings.module.css';

const ScannerScreen = lazyPart(() => import('../scan/scanner-screen.tsx'));

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function SettingsScreen() {
  return (
    <Switch>
      <Route path="/settings/scanner" component={ScannerScreen} />
      <Route component={AllSettings} />
    </Switch>
  );
}

function AllSettings() {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <h1>{t('settings.title')}</h1>
      <ServerSettings />
      <SiteSettings />
      <LockSettings />
      <AutomaticSettings />
      <AppearanceSettings />
      <FeedbackSettings />
      <ScannerLink />
      <AboutBox />
    </div>
  );
}
