import { useTranslation } from 'react-i18next';
import { type AnyEntity, ENTITIES } from '../../shared/entities/registry.ts';
import { COUNT_STAGES, type CountStage, stockCount } from '../../shared/entities/stock-count.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { recordFields, type RecordField } from '../records/record-fields.ts';
import { ReferenceTitle } from '../records/reference-title.tsx';
import { changedPart } from './changed-part.ts';
import styles from './work.module.css';

/** Columns that say who. They refer to nobody in the database: a name may come later than what bears it. */
const PEOPLE: ReadonlySet<string> = new Set([
  'person_id',
  'approved_by',
  'created_by',
  'decided_by',
]);
const STAGES = Object.keys(COUNT_STAGES) as readonly CountStage[];

interface FieldValueProps {
  entity: string;
  field: string;
  value: StoredValue;
  /** Marks, by more than colour, what differs from this. */
  comparedWith?: StoredValue | undefined;
}

/** One stored value in the reader's words. */
export function FieldValue({ entity, field, value, comparedWith }: FieldValueProps) {
  const { t } = useTranslation();
  const definition = entityCalled(entity);
  const differs = comparedWith !== undefined && comparedWith !== value;
  if (value === null || value === '') {
    return (
      <Marked on={differs}>
        <em className={styles['nothing']}>{t('work.emptyValue')}</em>
      </Marked>
    );
  }
  const target = PEOPLE.has(field) ? 'person' : definition?.references[field];
  if (target !== undefined) {
    return (
      <Marked on={differs}>
        <ReferenceTitle entity={target} id={String(value)} />
      </Marked>
    );
  }
  const kind = definition && fieldOf(definition, field)?.kind;
  const stage = entity === stockCount.name && field === 'stage' ? STAGES[Number(value)] : undefined;
  if (
    kind !== 'choice' &&
    typeof value === 'string' &&
    typeof comparedWith === 'string' &&
    differs
  ) {
    const { before, changed, after } = changedPart(value, comparedWith);
    return (
      <span className={styles['text']}>
        {before}
        <Marked on>{changed}</Marked>
        {after}
      </span>
    );
  }
  return (
    <Marked on={differs}>
      <PlainValue kind={kind ?? 'text'} stage={stage} value={value} />
    </Marked>
  );
}

function Marked({ on, children }: { on: boolean; children: React.ReactNode }) {
  return on ? <mark className={styles['differs']}>{children}</mark> : children;
}

interface PlainValueProps {
  kind: RecordField['kind'];
  stage: CountStage | undefined;
  value: string | number;
}

function PlainValue({ kind, stage, value }: PlainValueProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  if (stage !== undefined) return t(`counts.state.${stage}`);
  const choice = `work.choice.${value}`;
  if (kind === 'choice' && i18n.exists(choice)) return t(choice as 'work.choice.receive');
  if (kind === 'boolean') return t(value === 1 ? 'records.yes' : 'records.no');
  if (typeof value === 'string') return <span className={styles['text']}>{value}</span>;
  return <span className="number">{formats[kind === 'time' ? 'dateTime' : 'number'](value)}</span>;
}

export function entityCalled(name: string): AnyEntity | null {
  return (
    (ENTITIES as readonly unknown[] as readonly AnyEntity[]).find((one) => one.name === name) ??
    null
  );
}

export function fieldOf(entity: AnyEntity, name: string): RecordField | undefined {
  return recordFields(entity, [name])[0];
}
