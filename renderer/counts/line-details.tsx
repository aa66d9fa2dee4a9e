import { Button, TextInput } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLineView } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { PhotoStrip } from '../photos/photo-strip.tsx';
import { useKeptFor } from '../people/use-kept-for.ts';
import { CauseSelect } from '../stock/cause-select.tsx';
import type { useCountWrites } from './use-count-writes.ts';
import styles from './counts.module.css';

const NOTE_LENGTH_MAX = 4_000;

interface LineDetailsProps {
  line: CountLineView;
  siteId: string;
  /** Something can still be decided. */
  isOpen: boolean;
  writes: ReturnType<typeof useCountWrites>;
}

/** Who saw what when, of every round, and what is decided about it. */
export function LineDetails({ line, siteId, isOpen, writes }: LineDetailsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { decide, recount, saving } = writes;
  const keptFor = useKeptFor('supervisor');
  const [note, setNote] = useState(line.note ?? '');
  const keepNote = (): void => {
    const next = note.trim() === '' ? null : note.trim();
    if (next !== line.note) void decide(line, { note: next });
  };
  return (
    <>
      {isOpen && keptFor === null ? (
        <div className={styles['decision']}>
          <CauseSelect value={line.cause} onChange={(cause) => void decide(line, { cause })} />
          <TextInput
            className={styles['search']}
            label={t('records.column.note')}
            maxLength={NOTE_LENGTH_MAX}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            onBlur={keepNote}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keepNote();
            }}
          />
          <Button
            variant="light"
            leftSection={<IconRepeat aria-hidden size={18} />}
            aria-disabled={saving || undefined}
            onClick={() => void recount([line])}
          >
            {t('counts.recount')}
          </Button>
        </div>
      ) : (
        line.note !== null && <p>{line.note}</p>
      )}
      {line.sights.length === 0 ? (
        <p className="quiet">{t('counts.nobodySaw')}</p>
      ) : (
        <ul className={styles['sights']} aria-label={t('counts.sights')}>
          {line.sights.map(({ id, person, quantity, seenAt, round, note: said, isVoid }) => (
            <li key={id} data-void={isVoid || undefined}>
              {t('counts.sight', {
                name: person?.name ?? t('counts.somebody'),
                quantity: `${formats.number(quantity)} ${line.unit}`,
                time: formats.dateTime(seenAt),
                round,
              })}
              {isVoid && ` · ${t('counts.takenBack')}`}
              {said !== null && ` · ${said}`}
            </li>
          ))}
        </ul>
      )}
      <section className={styles['photos']} aria-labelledby="line-photos">
        <h3 id="line-photos">{t('photos.title')}</h3>
        <PhotoStrip subject={{ kind: 'count_line', id: line.lineId, siteId }} />
      </section>
    </>
  );
}
