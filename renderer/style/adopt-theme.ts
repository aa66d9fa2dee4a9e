import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  deepMerge,
  mergeMantineTheme,
} from '@mantine/core';
import { cssVariablesResolver, theme } from '../theme.ts';

/**
 * Puts the theme's variables into a constructed style sheet. MantineProvider would write them into an inline `<style>`,
 * which our content security policy (`style-src 'self'`) refuses; sheets made through CSSOM are allowed.
 */
export function adoptTheme(target: Document): void {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const variables = deepMerge(defaultCssVariablesResolver(merged), cssVariablesResolver(merged));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    convertCssVariables(variables) +
      ":root[data-mantine-color-scheme='light']{--mantine-color-scheme:light}" +
      ":root[data-mantine-color-scheme='dark']{--mantine-color-scheme:dark}",
  );
  target.adoptedStyleSheets = [...target.adoptedStyleSheets, sheet];
}
