/** Columns apart by two blanks, under their names. Signs that would steer a terminal are left out. */
export function printTable(names: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [names, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\p{C}/gu, '')));
  const widths = names.map((_name, at) => Math.max(...lines.map((row) => (row[at] ?? '').length)));
  for (const row of lines) {
    const text = row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
    process.stdout.write(`${text.trimEnd()}\n`);
  }
}
