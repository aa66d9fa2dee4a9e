import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import type { Done } from './done-note.tsx';
import {
  changedFields,
  type FieldProblem,
  readForm,
  type ReadForm,
  startForm,
  type Typed,
} from './read-form.ts';
import { type RecordField, recordTitle } from './record-fields.ts';
import type { TypedRecord } from './use-records.ts';
import { useRecordWords } from './use-record-words.ts';
import { useWriteRecords } from './use-write-records.ts';

interface RecordFormOptions {
  entity: EntityDefinition;
  record: Pick<TypedRecord, 'id' | 'row'> | null;
  fixed?: StoredRow | undefined;
  fields: readonly RecordField[];
  onDone: (done: Done) => void;
}

interface RecordFormState {
  typed: Typed;
  type: (name: string, value: string | boolean) => void;
  problems: Readonly<Record<string, FieldProblem>>;
  /** False if something must be put right first. */
  save: () => Promise<boolean>;
  saving: boolean;
  error: unknown;
}

/** What a form of an entity holds. Rows that a sync changes meanwhile do not touch what was typed. */
export function useRecordForm(options: RecordFormOptions): RecordFormState {
  const { entity, fields, onDone } = options;
  const { t } = useTranslation();
  const words = useRecordWords();
  const { write, saving, error } = useWriteRecords();
  // What the person saw when they began; the server compares with that.
  const [record] = useState(options.record);
  const [typed, setTyped] = useState(() => startForm(entity, fields, record?.row ?? {}));
  const [problems, setProblems] = useState<ReadForm['problems']>({});

  const store = async (row: StoredRow): Promise<void> => {
    const title = recordTitle({ ...record?.row, ...row }) || words.one(entity.name);
    if (!record) {
      const created = { ...options.fixed, ...row };
      const { operationId } = await write({ kind: 'create', entity: entity.name, row: created });
      onDone({ operationId, words: t('records.created', { name: title }) });
      return;
    }
    const before = toStored(record.row);
    const changed = changedFields(before, row);
    if (Object.keys(changed).length === 0) {
      onDone({ operationId: null, words: t('records.unchanged') });
      return;
    }
    const seen = Object.fromEntries(
      Object.keys(changed).map((name) => [name, before[name] ?? null]),
    );
    const { id } = record;
    const { operationId } = await write({
      kind: 'update',
      entity: entity.name,
      id,
      fields: changed,
      seen,
    });
    onDone({ operationId, words: t('records.saved', { name: title }) });
  };

  return {
    typed,
    type: (name, value) => {
      setTyped((before) => ({ ...before, [name]: value }));
      setProblems((before) =>
        Object.fromEntries(Object.entries(before).filter(([one]) => one !== name)),
      );
    },
    problems,
    save: async () => {
      const read = readForm(entity, fields, typed);
      setProblems(read.problems);
      if (Object.keys(read.problems).length > 0) return false;
      if (saving) return true;
      // A failure stays in `error`, and what was typed stays in the fields.
      await store(read.row).catch(() => undefined);
      return true;
    },
    saving,
    error,
  };
}
