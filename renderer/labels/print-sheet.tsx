import type { ReactNode } from 'react';
import { A4 } from '../../shared/desktop/printing.ts';
import styles from './print.module.css';
import type { PrintJob } from './use-print.tsx';

export interface SheetColumn {
  header: string;
  align?: 'end' | undefined;
  /** In millimetres, for a column that is left empty to write in. The others share what is left. */
  width?: number | undefined;
}

interface PrintSheetProps {
  title: string;
  /** What the paper is about: site, date, who. */
  facts: readonly (readonly [label: string, value: string])[];
  columns: readonly SheetColumn[];
  /** One cell for each column. */
  rows: readonly (readonly ReactNode[])[];
  /** Who signs, each on a line at the end. */
  signatures?: readonly string[] | undefined;
}

const SHEET_MARGIN_MM = 15;

/** How a sheet is handed to `usePrint`: upright A4 with numbered pages. */
export function sheetJob(name: string, content: ReactNode): PrintJob {
  return { name, paper: A4, margin: SHEET_MARGIN_MM, content };
}

/** A paper of a list: count sheets, delivery papers. Black on white, with its header on every page. */
export function PrintSheet({ title, facts, columns, rows, signatures }: PrintSheetProps) {
  return (
    <article className={styles['sheet']}>
      <h1>{title}</h1>
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className={styles['table']}>
        <thead>
          <tr>
            {columns.map(({ header, align, width }) => (
              <th
                key={header}
                scope="col"
                data-align={align}
                style={width === undefined ? undefined : { width: `${width}mm` }}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // A printed list never changes its order.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row}>
              {columns.map(({ header, align }, column) => (
                <td key={header} data-align={align}>
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {signatures && (
        <div className={styles['signatures']}>
          {signatures.map((who) => (
            <p key={who}>{who}</p>
          ))}
        </div>
      )}
    </article>
  );
}
