/** Apple's keyboards have ⌘ where others have Control. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
