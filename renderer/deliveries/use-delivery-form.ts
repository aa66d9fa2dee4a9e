import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { delivery as deliveryEntity } from '../../shared/entities/delivery.ts';
import { useEnvironment } from '../environment.ts';
import { type FieldProblem, readForm, startForm, type Typed } from '../records/read-form.ts';
import { recordFields } from '../records/record-fields.ts';
import { useWriteRecords } from '../records/use-write-records.ts';
import {
  deliveryFields,
  deliveryWrites,
  type LineDraft,
  type LineProblem,
  lineProblems,
} from './delivery-draft.ts';

export const DELIVERY_FIELDS = recordFields(deliveryEntity, [
  'code',
  'supplier',
  'expected_at',
  'note',
]);

interface DeliveryFormState {
  typed: Typed;
  type: (name: string, value: string | boolean) => void;
  lines: readonly LineDraft[];
  changeLine: (id: string, fields: Partial<LineDraft>) => void;
  removeLine: (id: string) => void;
  /** Returns the line's id. A product that is there already is led back to, not added again. */
  addLine: (productId: string | null) => string;
  problems: Readonly<Record<string, FieldProblem>>;
  lineProblems: ReadonlyMap<string, LineProblem>;
  /** False if something must be put right first. */
  save: () => boolean;
  saving: boolean;
  error: unknown;
}

/** What the form of a delivery with its lines holds. It is written as one operation. */
export function useDeliveryForm(given: DeliveryView | null, siteId: string): DeliveryFormState {
  const { t } = useTranslation();
  const { newId } = useEnvironment();
  const [, navigate] = useLocation();
  const { write, saving, error } = useWriteRecords();
  // What the person saw when they began; the server compares with that.
  const [before] = useState(given);
  const [id] = useState(() => given?.id ?? newId());
  const [typed, setTyped] = useState(() =>
    startForm(deliveryEntity, DELIVERY_FIELDS, before ? deliveryFields(before) : {}),
  );
  const [lines, setLines] = useState<readonly LineDraft[]>(
    () =>
      before?.items.map(({ id: lineId, productId, expected }) => ({
        id: lineId,
        productId,
        expected,
      })) ?? [],
  );
  const [hasTried, setTried] = useState(false);
  const read = readForm(deliveryEntity, DELIVERY_FIELDS, typed);
  const wrong = lineProblems(lines);

  const store = async (): Promise<void> => {
    const writes = deliveryWrites({ id, siteId, fields: read.row, lines }, before);
    const code = String(read.row['code']);
    const path = `/deliveries/${id}`;
    if (writes.length === 0) {
      navigate(path);
      return;
    }
    const { operationId } = await write(...writes);
    const words = t(before ? 'records.saved' : 'records.created', { name: code });
    navigate(path, { state: { done: { operationId, words } } });
  };

  return {
    typed,
    type: (name, value) => setTyped((was) => ({ ...was, [name]: value })),
    lines,
    changeLine: (lineId, fields) =>
      setLines((was) => was.map((line) => (line.id === lineId ? { ...line, ...fields } : line))),
    removeLine: (lineId) => setLines((was) => was.filter((line) => line.id !== lineId)),
    addLine: (productId) => {
      const there = lines.find((line) => productId !== null && line.productId === productId);
      if (there) return there.id;
      const line = { id: newId(), productId, expected: null };
      setLines((was) => [...was, line]);
      return line.id;
    },
    problems: hasTried ? read.problems : {},
    lineProblems: hasTried ? wrong : new Map(),
    save: () => {
      setTried(true);
      if (Object.keys(read.problems).length > 0 || wrong.size > 0) return false;
      // A failure stays in `error`, and what was typed stays in the fields.
      if (!saving) store().catch(() => undefined);
      return true;
    },
    saving,
    error,
  };
}
