/** Time for the browser to have begun the download before its data goes. */
const DATA_KEPT_MS = 60_000;

/** Hands a text to the person as a file, by the browser's own way to save one. */
export function saveFile(name: string, text: string): void {
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/json';
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), DATA_KEPT_MS);
}
