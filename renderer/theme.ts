import { colorsTuple, createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Petrol: the colour of the app. Shade 7 on white and shade 4 on the dark surface both pass AA for text. */
const petrol = colorsTuple([
  '#e9f6f6',
  '#cfebec',
  '#a4d9db',
  '#74c5c9',
  '#4db3b9',
  '#2b9aa1',
  '#157d85',
  '#0b666e',
  '#0a545b',
  '#083f45',
]);

/** Neutrals with a breath of the brand in them, so that greys and brand sit together. */
const gray = colorsTuple([
  '#f5f8f8',
  '#edf1f2',
  '#e1e7e9',
  '#d0d8db',
  '#b3bec3',
  '#8b989e',
  '#5f6d74',
  '#48565d',
  '#2f3b41',
  '#182126',
]);

const dark = colorsTuple([
  '#dbe3e6',
  '#b5c1c6',
  '#93a1a8',
  '#6b7980',
  '#3d4b52',
  '#2e3a40',
  '#242f34',
  '#1a2327',
  '#141c20',
  '#0e1417',
]);

/** A dialog belongs to the whole window, wherever in the page it is. */
const OVER_THE_WINDOW = { inner: { insetInline: 0 } };

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: '#182126',
  colors: { petrol, gray, dark },
  fontFamily: "'Inter Variable', 'Segoe UI', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '18px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    // Inside the main landmark, so that a screen reader's user does not leave it with the options.
    Select: {
      defaultProps: {
        size: 'md',
        comboboxProps: { shadow: 'md', portalProps: { target: '#content' } },
      },
    },
    NativeSelect: { defaultProps: { size: 'md' } },
    SegmentedControl: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    // The page itself never scrolls, and the lock would write an inline style sheet, which our policy refuses.
    // Inside the main landmark too: outside of it, the head of each would be a banner of the page.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        radius: 'lg',
        portalProps: { target: '#content' },
      },
      styles: OVER_THE_WINDOW,
    },
    Drawer: {
      defaultProps: { lockScroll: false, portalProps: { target: '#content' } },
      styles: OVER_THE_WINDOW,
    },
  },
  respectReducedMotion: true,
});

/** Our own names for surfaces and meanings, so that no component names a shade. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  // 44 pixels, and 56 in touch mode.
  variables: { '--tm-target': '2.75rem' },
  light: {
    '--tm-page': '#eff3f4',
    '--tm-surface': '#ffffff',
    '--tm-raised': '#f5f8f8',
    '--tm-line': '#dbe2e5',
    '--tm-line-strong': '#7d8b92',
    '--tm-text': '#182126',
    '--tm-quiet': '#556269',
    '--tm-accent': '#0b666e',
    '--tm-selected': '#dff1f2',
    '--tm-good': '#17693c',
    '--tm-good-soft': '#dff3e7',
    '--tm-warn': '#7d4e00',
    '--tm-warn-soft': '#fdf0d5',
    '--tm-bad': '#ad1f1f',
    '--tm-bad-soft': '#fde6e4',
    '--tm-rail': '#0b3f45',
    '--tm-rail-text': '#c5dfe1',
    '--tm-rail-active': '#155a62',
    '--tm-focus': '#0b666e',
    '--mantine-color-dimmed': '#556269',
    '--mantine-color-placeholder': '#65737a',
  },
  dark: {
    '--tm-page': '#10171a',
    '--tm-surface': '#1a2327',
    '--tm-raised': '#212c31',
    '--tm-line': '#313e44',
    '--tm-line-strong': '#7f8f97',
    '--tm-text': '#e3eaec',
    '--tm-quiet': '#a1afb5',
    '--tm-accent': '#6cc7cc',
    '--tm-selected': '#1b4146',
    '--tm-good': '#6fd399',
    '--tm-good-soft': '#173a28',
    '--tm-warn': '#f2c063',
    '--tm-warn-soft': '#40300f',
    '--tm-bad': '#ff9c92',
    '--tm-bad-soft': '#3b2122',
    '--tm-rail': '#0b1114',
    '--tm-rail-text': '#a9bdc1',
    '--tm-rail-active': '#173b40',
    '--tm-focus': '#74c5c9',
    // White on it and it on the dark surface both pass; the contrast variable is computed for light only.
    '--mantine-color-petrol-filled': '#17818a',
    '--mantine-color-petrol-filled-hover': '#14757d',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b32525',
    '--mantine-color-petrol-light': '#1b3a3f',
    '--mantine-color-petrol-light-hover': '#22474d',
    '--mantine-color-petrol-light-color': '#a4d9db',
    '--mantine-color-dimmed': '#a1afb5',
    '--mantine-color-placeholder': '#93a1a8',
  },
});
