import { Button } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldProblem, readForm, startForm } from '../records/read-form.ts';
import { ConflictCard } from './conflict-card.tsx';
import { type Choice, type Choices, type Decide, effectOf, sameForAll } from './decision.ts';
import { EffectWords } from './effect-words.tsx';
import { FieldConflictChoice } from './field-conflict-choice.tsx';
import { entityCalled, fieldOf } from './field-value.tsx';
import type { FieldConflict, RowConflicts } from './group-conflicts.ts';
import styles from './work.module.css';

type Typed = Readonly<Record<string, string>>;
type Problems = Readonly<Record<string, FieldProblem>>;

/** Fields of one row that two people changed: each is chosen for itself, and all are applied together. */
export function FieldConflicts({ row, onDecide }: { row: RowConflicts; onDecide: Decide }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Choices>({});
  const [typed, setTyped] = useState<Typed>({});
  const [problems, setProblems] = useState<Problems>({});
  const form = useRef<HTMLFormElement>(null);
  const effect = effectOf(row.fields, choices);

  const choose = (id: string, choice: Choice): void => {
    setChoices((before) => ({ ...before, [id]: choice }));
    setProblems({});
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (effect.open.length > 0) {
      form.current?.querySelector<HTMLElement>('fieldset[data-open] input')?.focus();
      return;
    }
    const read = new Map(effect.other.map((one) => [one.id, readTyped(row.entity, one, typed)]));
    const wrong = [...read].flatMap(([id, { problem }]) => (problem ? [[id, problem]] : []));
    setProblems(Object.fromEntries(wrong) as Problems);
    if (wrong.length > 0) return;
    onDecide(
      row.fields.map(({ id }) => {
        const choice = choices[id];
        if (choice === 'mine' || choice === 'theirs') return { conflictId: id, choice };
        return { conflictId: id, choice: { merged: read.get(id)?.value ?? null } };
      }),
    );
  };
  return (
    <ConflictCard row={row}>
      <form ref={form} onSubmit={onSubmit} noValidate>
        {row.fields.length > 1 && (
          <div className={styles['all']}>
            {(['mine', 'theirs'] as const).map((choice) => (
              <Button
                key={choice}
                size="sm"
                variant="default"
                onClick={() => setChoices(sameForAll(row.fields, choice))}
              >
                {t(choice === 'mine' ? 'decide.allMine' : 'decide.allTheirs')}
              </Button>
            ))}
          </div>
        )}
        {row.fields.map((conflict) => (
          <FieldConflictChoice
            key={conflict.id}
            entity={row.entity}
            conflict={conflict}
            choice={choices[conflict.id]}
            typed={typed[conflict.id] ?? startText(row.entity, conflict)}
            problem={problems[conflict.id]}
            onChoose={(choice) => choose(conflict.id, choice)}
            onType={(text) => setTyped((before) => ({ ...before, [conflict.id]: text }))}
          />
        ))}
        <div className={styles['decide']}>
          <EffectWords effect={effect} />
          {/* Not `disabled`: a button that cannot take the focus cannot say why. */}
          <Button type="submit" aria-disabled={effect.open.length > 0 || undefined}>
            {t('decide.apply')}
          </Button>
        </div>
      </form>
    </ConflictCard>
  );
}

function readTyped(
  entityName: string,
  conflict: FieldConflict,
  typed: Typed,
): { value: string | number | null; problem: FieldProblem | undefined } {
  const entity = entityCalled(entityName);
  const field = entity && fieldOf(entity, conflict.field);
  const text = typed[conflict.id] ?? startText(entityName, conflict);
  if (!entity || !field) return { value: text, problem: undefined };
  const { row, problems } = readForm(entity, [field], { [field.name]: text });
  return { value: row[field.name] ?? null, problem: problems[field.name] };
}

/** What another value begins with: the person's own, as its field shows it. */
function startText(entityName: string, { field: name, mine }: FieldConflict): string {
  const entity = entityCalled(entityName);
  const field = entity && fieldOf(entity, name);
  return String((field && startForm(entity, [field], { [name]: mine })[name]) ?? mine ?? '');
}
