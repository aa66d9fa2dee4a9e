import { Checkbox, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

/** Which sites' stock is on this laptop: all that one may see, or chosen ones. */
export function SiteSettings() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { settings, update, error } = useSettings();
  const { data: sites = [] } = useQuery(trpc.catalogue.sites.queryOptions());
  const [needsOne, setNeedsOne] = useState(false);
  if (!settings) return null;
  const { siteCodes } = settings;
  const choose = (code: string, chosen: boolean): void => {
    const next = chosen
      ? [...(siteCodes ?? []), code]
      : (siteCodes ?? []).filter((one) => one !== code);
    setNeedsOne(next.length === 0);
    if (next.length > 0) update({ siteCodes: next });
  };
  return (
    <SettingsSection
      title={t('settings.sites.title')}
      text={t('settings.sites.text')}
      error={error}
    >
      {sites.length === 0 ? (
        <p className="quiet">{t('settings.sites.unknown')}</p>
      ) : (
        <>
          <Radio.Group
            aria-label={t('settings.sites.title')}
            value={siteCodes === null ? 'all' : 'some'}
            onChange={(choice) =>
              update({ siteCodes: choice === 'all' ? null : sites.map(({ code }) => code) })
            }
          >
            <Radio value="all" label={t('settings.sites.all')} className={styles['choice']} />
            <Radio value="some" label={t('settings.sites.some')} className={styles['choice']} />
          </Radio.Group>
          {siteCodes !== null && (
            <div className={styles['sites']}>
              {sites.map(({ code, name }) => (
                <Checkbox
                  key={code}
                  label={`${name} (${code})`}
                  checked={siteCodes.includes(code)}
                  onChange={(event) => choose(code, event.currentTarget.checked)}
                  className={styles['choice']}
                />
              ))}
              {needsOne && (
                <p role="alert" className={styles['error']}>
                  {t('settings.sites.one')}
                </p>
              )}
            </div>
          )}
        </>
      )}
    </SettingsSection>
  );
}
