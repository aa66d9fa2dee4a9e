import { MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createI18n } from './i18n/create-i18n.ts';
import { preferredLanguage } from './i18n/languages.ts';
import { useLanguage } from './i18n/use-language.ts';
import { theme } from './theme.ts';
import { useTRPC } from './trpc.ts';
import { useConnection } from './use-connection.ts';

/** Language and colours as set, else as the system has them. Waits for both at start so that neither flashes. */
export function Appearance({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const { data: settings, isPending } = useQuery(trpc.settings.get.queryOptions());
  const connection = useConnection();
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', undefined, {
    getInitialValueInEffect: false,
  });
  const language =
    settings === undefined || settings.language === 'system'
      ? preferredLanguage(navigator.languages)
      : settings.language;
  const systemScheme = systemIsDark ? 'dark' : 'light';
  const chosenScheme = settings?.colorScheme ?? 'system';
  const scheme = chosenScheme === 'system' ? systemScheme : chosenScheme;
  const [i18n] = useState(createI18n);
  const spoken = useLanguage(i18n, language);
  const [wasShown, setWasShown] = useState(false);
  const hasSettings = !isPending || connection === 'lost';
  const isShown = wasShown || (hasSettings && spoken === language);
  if (isShown && !wasShown) setWasShown(true);
  useTouchMode(settings?.touchMode ?? false);
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        forceColorScheme={scheme}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        {isShown && children}
      </MantineProvider>
    </I18nextProvider>
  );
}

/** Everything is measured in rem, so one attribute of the page makes it all larger (style/elements.css). */
function useTouchMode(isOn: boolean): void {
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-touch', isOn);
  }, [isOn]);
}
