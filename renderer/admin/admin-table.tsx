import type { ReactNode } from 'react';
import frame from '../style/frame.module.css';
import styles from './admin.module.css';

interface AdminTableProps {
  label: string;
  /** The words above them. */
  columns: readonly string[];
  /** The last column is what can be done; or all but the first are numbers. */
  look?: 'actions' | 'numbers' | undefined;
  /** Its rows. */
  children: ReactNode;
}

/** A table that scrolls sideways where the window is too narrow. */
export function AdminTable({ label, columns, look, children }: AdminTableProps) {
  return (
    <div
      className={frame['scroll']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <table className={`${frame['table']} ${styles['table']}`} data-look={look}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
