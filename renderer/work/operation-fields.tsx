import type { OperationView } from '../../shared/desktop/work-views.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import { entityCalled, FieldValue } from './field-value.tsx';
import styles from './work.module.css';

/** Says nothing that a person would miss: where it belongs is known, and when is shown beside it. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'id',
  'site_id',
  'moved_at',
  'reverses',
  'delivery_line_id',
  'counters',
]);

/** What an operation gives the row's fields. */
export function OperationFields({ operation }: { operation: OperationView }) {
  const words = useRecordWords();
  const { entity, kind, rowId } = operation;
  // A row that shares its id with the one it belongs to says nothing without that one.
  const owner = entityCalled(entity)?.references['id'];
  const fields = {
    ...(owner === undefined ? {} : { [`${owner}_id`]: rowId }),
    ...operation.fields,
  };
  const shown = Object.entries(fields).filter(
    ([name, value]) =>
      !LEFT_OUT.has(name) && !(kind === 'create' && (value === null || value === '')),
  );
  if (shown.length === 0) return null;
  return (
    <dl className={styles['fields']}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{words.column(name)}</dt>
          <dd>
            {name in operation.fields || owner === undefined ? (
              <FieldValue entity={entity} field={name} value={value} />
            ) : (
              <FieldValue entity={entity} field="id" value={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
