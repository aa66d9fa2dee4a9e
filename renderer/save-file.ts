/** Time for the browser to have begun the download before its data goes. */
const DATA_KEPT_MS = 60_000;

/** Hands a file to the person, by the browser's own way to save one. */
export function saveFile(name: string, content: string | Blob): void {
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/json';
  const blob =
    typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), DATA_KEPT_MS);
}
