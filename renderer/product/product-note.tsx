import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productNote } from '../../shared/entities/product-note.ts';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { RecordBadges } from '../records/record-badges.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { NoteForm } from './note-form.tsx';
import styles from './product.module.css';

/** The one note of a product, edited in place. Its id is the product's own. */
export function ProductNote({ productId }: { productId: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(
    trpc.records.get.queryOptions({ entity: productNote.name, id: productId }),
  );
  const [isEditing, setEditing] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const text = typeof data?.row['text'] === 'string' ? data.row['text'] : null;
  return (
    <section className={styles['card']} aria-labelledby="product-note">
      <div className={styles['cardHead']}>
        <h2 id="product-note">{t('product.note.title')}</h2>
        {data && <RecordBadges pending={data.pending} conflict={data.conflict} />}
      </div>
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {isPending && <p className="quiet">{t('records.loading')}</p>}
      {data !== undefined && (
        <div className={styles['note']}>
          {isEditing ? (
            <NoteForm
              productId={productId}
              before={text}
              onClose={() => setEditing(false)}
              onSaved={(operationId) => {
                setEditing(false);
                setDone({ operationId, words: t('product.note.saved') });
              }}
            />
          ) : (
            <>
              {text ? (
                <p className={styles['noteText']}>{text}</p>
              ) : (
                <p className="quiet">{t('product.note.empty')}</p>
              )}
              <Button variant="light" onClick={() => setEditing(true)}>
                {t(text ? 'product.note.edit' : 'product.note.add')}
              </Button>
            </>
          )}
          <DoneNote done={done} />
        </div>
      )}
    </section>
  );
}
