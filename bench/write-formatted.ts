import { renameSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Writes a file as the formatter would, whole or not at all. */
export async function writeFormatted(path: string, text: string): Promise<void> {
  const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
  writeWhole(path, formatted);
}

export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}
