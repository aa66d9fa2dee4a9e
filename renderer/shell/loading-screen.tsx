import styles from './shell.module.css';

/** Stands in for a screen that is being loaded. Nearly always it is there at once, so nothing shows for a moment. */
export function LoadingScreen() {
  return (
    <div className={styles['loading']} aria-busy>
      <span />
      <span />
      <span />
    </div>
  );
}
