import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AbcClass } from '../../shared/entities/product.ts';
import { useEnvironment } from '../environment.ts';
import { usePerson } from '../people/use-person.ts';
import { useWriteRecords } from '../records/use-write-records.ts';

const DAY_MS = 86_400_000;

export interface PlanDraft {
  code: string;
  zone: string | null;
  categoryId: string | null;
  abc: AbcClass | null;
  notForDays: number | null;
  counters: readonly string[];
  /** As the field has it: local time. */
  due: string;
  repeatDays: number | null;
  blind: boolean;
  note: string;
}

interface PlanForm {
  draft: PlanDraft;
  change: (fields: Partial<PlanDraft>) => void;
  /** The code is missing. */
  problem: boolean;
  save: () => void;
  saving: boolean;
  error: unknown;
}

/** What the plan of a count holds until it is saved. */
export function usePlanForm(siteId: string): PlanForm {
  const { t } = useTranslation();
  const { now, newId } = useEnvironment();
  const [, navigate] = useLocation();
  const person = usePerson();
  const { write, saving, error } = useWriteRecords();
  const [hasTried, setTried] = useState(false);
  const [draft, setDraft] = useState<PlanDraft>(() => ({
    code: `C-${new Date(now()).toISOString().slice(0, 10)}`,
    zone: null,
    categoryId: null,
    abc: null,
    notForDays: null,
    counters: [],
    due: '',
    repeatDays: null,
    blind: true,
    note: '',
  }));
  const store = async (): Promise<void> => {
    const id = newId();
    const row = planRow(draft, { siteId, now: now(), createdBy: person?.id ?? null });
    const { operationId } = await write({ kind: 'create', entity: 'stock_count', id, row });
    const words = t('records.created', { name: row.code });
    navigate(`/counts/${id}`, { state: { done: { operationId, words } } });
  };
  return {
    draft,
    change: (fields) => setDraft((was) => ({ ...was, ...fields })),
    problem: hasTried && draft.code.trim() === '',
    save: () => {
      setTried(true);
      // A failure stays in `error`.
      if (!saving && draft.code.trim() !== '') store().catch(() => undefined);
    },
    saving,
    error,
  };
}

function planRow(
  draft: PlanDraft,
  { siteId, now, createdBy }: { siteId: string; now: number; createdBy: string | null },
) {
  const due = draft.due === '' ? null : new Date(draft.due).getTime();
  return {
    site_id: siteId,
    code: draft.code.trim(),
    stage: 0,
    blind: Number(draft.blind),
    zone: draft.zone,
    category_id: draft.categoryId,
    abc: draft.abc,
    not_since: draft.notForDays === null ? null : now - draft.notForDays * DAY_MS,
    due_at: due === null || Number.isNaN(due) ? null : due,
    repeat_days: draft.repeatDays === 0 ? null : draft.repeatDays,
    counters: JSON.stringify(draft.counters),
    created_by: createdBy,
    note: draft.note.trim() === '' ? null : draft.note.trim(),
  };
}
