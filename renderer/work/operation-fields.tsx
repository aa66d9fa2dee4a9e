import type { OperationView } from '../../shared/desktop/work-views.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import { FieldValue } from './field-value.tsx';
import styles from './work.module.css';

/** Says nothing that a person would miss: where it belongs is known, and when is shown beside it. */
const LEFT_OUT: ReadonlySet<string> = new Set(['id', 'site_id', 'moved_at', 'reverses']);

/** What an operation gives the row's fields. */
export function OperationFields({ operation }: { operation: OperationView }) {
  const words = useRecordWords();
  const { entity, kind, fields } = operation;
  const shown = Object.entries(fields).filter(
    ([name, value]) => !LEFT_OUT.has(name) && !(kind === 'create' && value === null),
  );
  if (shown.length === 0) return null;
  return (
    <dl className={styles['fields']}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{words.column(name)}</dt>
          <dd>
            <FieldValue entity={entity} field={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
