import { Button } from '@mantine/core';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import { ConflictCard } from './conflict-card.tsx';
import type { Decide } from './decision.ts';
import { FieldValue } from './field-value.tsx';
import type { RowConflicts, WholeConflict } from './group-conflicts.ts';
import styles from './work.module.css';

const SIDES = ['base', 'mine', 'theirs'] as const;
const SIDE_WORDS = { base: 'decide.before', mine: 'decide.mine', theirs: 'decide.theirs' } as const;
/** Where it belongs did not change, and is no news. */
const LEFT_OUT: ReadonlySet<string> = new Set(['id', 'site_id']);

interface WholeRowConflictProps {
  row: RowConflicts;
  whole: WholeConflict;
  onDecide: Decide;
}

/** A row that one person deleted and another did not: it is there in the end, or it is not. */
export function WholeRowConflict({ row, whole, onDecide }: WholeRowConflictProps) {
  const { t } = useTranslation();
  const group = useId();
  const [choice, setChoice] = useState<'mine' | 'theirs' | null>(null);
  // Only rows of which one side is gone come here whole.
  const kind = row.kind === 'updateUpdate' ? 'updateDelete' : row.kind;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!choice) event.currentTarget.querySelector('input')?.focus();
    else onDecide([{ conflictId: whole.id, choice }]);
  };
  return (
    <ConflictCard row={row}>
      <Versions
        entity={row.entity}
        whole={whole}
        isNew={kind === 'parentDeleted' && whole.base === null}
      />
      <form onSubmit={onSubmit} noValidate>
        <fieldset className={styles['whole']}>
          <legend>{t('decide.chooseOne')}</legend>
          {(['mine', 'theirs'] as const).map((one) => (
            <label
              key={one}
              className={styles['version']}
              data-chosen={choice === one || undefined}
            >
              <span className={styles['versionName']}>
                <input
                  type="radio"
                  name={group}
                  checked={choice === one}
                  onChange={() => setChoice(one)}
                />
                {t(`decide.whole.${kind}.${one}`)}
              </span>
            </label>
          ))}
        </fieldset>
        <div className={styles['decide']}>
          <Button type="submit" aria-disabled={choice === null || undefined}>
            {t('decide.apply')}
          </Button>
        </div>
      </form>
    </ConflictCard>
  );
}

interface VersionsProps {
  entity: string;
  whole: WholeConflict;
  /** Made here: nobody deleted it elsewhere, it was never there. */
  isNew: boolean;
}

function Versions({ entity, whole, isNew }: VersionsProps) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const names = new Set(SIDES.flatMap((side) => Object.keys(whole[side] ?? {})));
  const shown = [...names].filter(
    (name) => !LEFT_OUT.has(name) && SIDES.some((side) => (whole[side]?.[name] ?? null) !== null),
  );
  const cell = (row: StoredRow | null, name: string, base: StoredRow | null | undefined) =>
    row === null ? (
      <em className={styles['nothing']}>{t(isNew ? 'decide.notThere' : 'work.deletedValue')}</em>
    ) : (
      <FieldValue
        entity={entity}
        field={name}
        value={row[name] ?? null}
        comparedWith={base ? (base[name] ?? null) : undefined}
      />
    );
  return (
    <table className={styles['sides']}>
      <thead>
        <tr>
          <th scope="col">{t('decide.field')}</th>
          {SIDES.map((side) => (
            <th key={side} scope="col">
              {t(SIDE_WORDS[side])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((name) => (
          <tr key={name}>
            <th scope="row">{words.column(name)}</th>
            {SIDES.map((side) => (
              <td key={side} data-side={t(SIDE_WORDS[side])}>
                {cell(whole[side], name, side === 'base' ? undefined : whole.base)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
