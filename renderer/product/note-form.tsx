import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productNote } from '../../shared/entities/product-note.ts';
import { useWriteRecords } from '../records/use-write-records.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './product.module.css';

const TEXT_LENGTH_MAX = 4_000;

interface NoteFormProps {
  productId: string;
  /** Null if there is no note yet. */
  before: string | null;
  onClose: () => void;
  onSaved: (operationId: string) => void;
}

/** Ctrl+Enter saves. Escape gives up, but only what was not changed: what was typed stays until it is saved or cancelled. */
export function NoteForm({ productId, before, onClose, onSaved }: NoteFormProps) {
  const { t } = useTranslation();
  // As it was when the person began: a sync may bring another one meanwhile.
  const [seen] = useState(before);
  const [text, setText] = useState(before ?? '');
  const { write, saving, error } = useWriteRecords();
  const isChanged = text.trim() !== (seen ?? '');

  const store = async (): Promise<void> => {
    const entity = productNote.name;
    const fields = { text: text.trim().normalize('NFC') };
    const { operationId } = await (seen === null
      ? write({ kind: 'create', entity, id: productId, row: fields })
      : write({ kind: 'update', entity, id: productId, fields, seen: { text: seen } }));
    if (operationId === null) onClose();
    else onSaved(operationId);
  };
  const save = (): void => {
    if (!isChanged) onClose();
    // The error is shown below; what was typed stays.
    else if (!saving) store().catch(() => undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
    if (event.key === 'Escape') {
      // The screen would go back to the list.
      event.preventDefault();
      if (!isChanged) onClose();
    }
  };
  return (
    <>
      <Textarea
        size="md"
        rows={5}
        autoFocus
        label={t('product.note.label')}
        description={t('product.note.keys')}
        maxLength={TEXT_LENGTH_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <div className={styles['noteActions']}>
        <Button onClick={save} aria-disabled={saving || undefined}>
          {t('records.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('records.cancel')}
        </Button>
      </div>
    </>
  );
}
