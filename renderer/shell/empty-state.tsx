import type { ReactNode } from 'react';
import styles from './shell.module.css';

/** What a place says when there is nothing to list: why, and the way on. */
export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  icon?: ReactNode | undefined;
  title: string;
  text?: string | undefined;
  children?: ReactNode | undefined;
}) {
  return (
    <div className={styles['empty']}>
      {icon}
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
