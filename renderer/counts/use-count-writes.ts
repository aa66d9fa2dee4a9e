import { useTranslation } from 'react-i18next';
import type { CountLineView, CountSummary } from '../../shared/desktop/count-views.ts';
import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import { COUNT_STAGES, type CountStage } from '../../shared/entities/stock-count.ts';
import type { Cause } from '../../shared/entities/stock-movement.ts';
import { useEnvironment } from '../environment.ts';
import { usePerson } from '../people/use-person.ts';
import type { Done } from '../records/done-note.tsx';
import { useWriteRecords } from '../records/use-write-records.ts';

/** Of one operation: light enough to be sent with others, and quick to take back. */
const LINES_PER_OPERATION = 200;

interface CountWrites {
  setStage: (stage: CountStage) => Promise<void>;
  /** By whoever works here. */
  approve: () => Promise<void>;
  /** Asks for another look at these goods; the count goes back to being counted. */
  recount: (lines: readonly CountLineView[]) => Promise<void>;
  decide: (
    line: CountLineView,
    fields: { cause?: Cause | null; note?: string | null },
  ) => Promise<void>;
  saving: boolean;
  error: unknown;
}

/** What people do to a count as a whole and to its lines. A failure stays in `error`. */
export function useCountWrites(count: CountSummary, onDone: (done: Done) => void): CountWrites {
  const { t } = useTranslation();
  const { now } = useEnvironment();
  const person = usePerson();
  const { write, saving, error } = useWriteRecords();
  const { id, code, siteId } = count;
  const seen = { stage: COUNT_STAGES[count.stage] };

  const act = async (work: () => Promise<void>): Promise<void> => {
    if (saving) return;
    // It stays in `error`.
    await work().catch(() => undefined);
  };
  const update = (fields: Extract<RecordWrite, { kind: 'update' }>['fields']): RecordWrite => ({
    kind: 'update',
    entity: 'stock_count',
    id,
    fields,
  });
  const lineWrite = (
    line: CountLineView,
    fields: Extract<RecordWrite, { kind: 'update' }>['fields'],
  ): RecordWrite => {
    const { lineId, productId, locationId, lot, serial } = line;
    const entity = 'count_line';
    if (line.isWritten) return { kind: 'update', entity, id: lineId, fields };
    const goods = { product_id: productId, location_id: locationId, lot, serial };
    const row = { site_id: siteId, count_id: id, ...goods, ...fields };
    return { kind: 'create', entity, id: lineId, row };
  };
  return {
    saving,
    error,
    setStage: (stage) =>
      act(async () => {
        const fields = { stage: COUNT_STAGES[stage] };
        const { operationId } = await write({ ...update(fields), seen } as RecordWrite);
        onDone({ operationId, words: t(`counts.became.${stage}`, { code }) });
      }),
    approve: () =>
      act(async () => {
        const approved_by = person?.id ?? null;
        const fields = { stage: COUNT_STAGES.approved, approved_by, approved_at: now() };
        await write(update(fields));
        onDone({ operationId: null, words: t('counts.became.approved', { code }) });
      }),
    recount: (lines) =>
      act(async () => {
        for (let at = 0; at < lines.length; at += LINES_PER_OPERATION) {
          const some = lines.slice(at, at + LINES_PER_OPERATION);
          await write(...some.map((line) => lineWrite(line, { round: line.round + 1 })));
        }
        if (count.stage === 'review') await write(update({ stage: COUNT_STAGES.counting }));
        onDone({ operationId: null, words: t('counts.recountAsked', { count: lines.length }) });
      }),
    decide: (line, fields) =>
      act(async () => {
        await write(lineWrite(line, { ...fields, decided_by: person?.id ?? null }));
      }),
  };
}
