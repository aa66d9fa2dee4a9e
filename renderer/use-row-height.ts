import { useSettings } from './settings/use-settings.ts';

/** Touch mode makes everything that is measured in rem so much larger (style/elements.css): 44 pixels become 56. */
const TOUCH_SCALE = 56 / 44;

/** The height of a row in pixels, for lists that place their rows themselves. */
export function useRowHeight(pixels: number): number {
  const { settings } = useSettings();
  return settings?.touchMode === true ? Math.round(pixels * TOUCH_SCALE) : pixels;
}
