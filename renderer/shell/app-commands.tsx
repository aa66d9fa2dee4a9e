import { useMantineColorScheme } from '@mantine/core';
import { IconHandFinger, IconLayoutSidebar, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../commands/use-command.ts';
import { useSettings } from '../settings/use-settings.ts';

/** What a person may change of the app itself from anywhere, by the palette. Draws nothing. */
export function AppCommands(): null {
  const { t } = useTranslation();
  const { settings, update } = useSettings();
  const { colorScheme } = useMantineColorScheme();
  const isDark = colorScheme === 'dark';
  const isTouch = settings?.touchMode ?? false;
  const isCollapsed = settings?.isRailCollapsed ?? false;
  useCommand({
    id: 'touchMode',
    words: t(isTouch ? 'commands.touchOff' : 'commands.touchOn'),
    Icon: IconHandFinger,
    run: () => update({ touchMode: !isTouch }),
  });
  useCommand({
    id: 'colours',
    words: t(isDark ? 'commands.light' : 'commands.dark'),
    Icon: isDark ? IconSun : IconMoon,
    run: () => update({ colorScheme: isDark ? 'light' : 'dark' }),
  });
  useCommand({
    id: 'rail',
    words: t(isCollapsed ? 'nav.expand' : 'nav.collapse'),
    Icon: IconLayoutSidebar,
    run: () => update({ isRailCollapsed: !isCollapsed }),
  });
  return null;
}
