import { useTranslation } from 'react-i18next';
import styles from './exchange.module.css';

/** Products belong to the server: how they are imported there, word for word. */
export function ProductCommand({ file }: { file: string | null }) {
  const { t } = useTranslation();
  const command = `npm run -s server -- import ${quoted(file ?? 'products.csv')} --data DIR --kind products`;
  return (
    <div className={styles['commands']}>
      <p>{t('exchange.commandCheck')}</p>
      <code>{`${command} --dry-run`}</code>
      <p>{t('exchange.commandImport')}</p>
      <code>{command}</code>
    </div>
  );
}

/** For a shell, if the name is more than letters. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
