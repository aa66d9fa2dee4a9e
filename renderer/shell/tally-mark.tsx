import styles from './shell.module.css';

/** Four strokes and one across: five counted. */
export function TallyMark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 32 32" aria-hidden>
      <path d="M8.5 7v18M13.5 7v18M18.5 7v18M23.5 7v18" />
      <path className={styles['markAcross']} d="M4.5 22 27.5 10" />
    </svg>
  );
}
