import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowProblem } from '../../shared/exchange/row-problem.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useFieldWords } from './use-field-words.ts';
import { useProblemWords } from './use-problem-words.ts';
import styles from './exchange.module.css';

const ROW_HEIGHT = 48;
const OVERSCAN_ROWS = 12;

/** Every problem of a file; only those in sight are drawn, so that there may be a hundred thousand. */
export function ProblemList({ problems }: { problems: readonly RowProblem[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fieldWord = useFieldWords();
  const words = useProblemWords();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: problems.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    useFlushSync: false,
  });
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t('exchange.problems')}</h3>
      <div
        ref={scroller}
        className={styles['problems']}
        role="table"
        aria-labelledby={id}
        aria-rowcount={problems.length + 1}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
        tabIndex={0}
      >
        <div role="rowgroup" className={styles['problemHead']}>
          <div role="row" aria-rowindex={1} className={styles['problem']}>
            {(['row', 'column', 'value', 'whatToDo'] as const).map((name) => (
              <span key={name} role="columnheader">
                {t(`exchange.problemColumn.${name}`)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const problem = problems[index];
            if (!problem) return null;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className={styles['problem']}
                style={{
                  position: 'absolute',
                  insetInline: 0,
                  transform: `translateY(${start}px)`,
                }}
              >
                <span role="cell" className="number">
                  {formats.number(problem.row)}
                </span>
                <span role="cell">{problem.field === null ? '–' : fieldWord(problem.field)}</span>
                <span role="cell" className={styles['value']}>
                  {problem.value === '' ? '–' : problem.value}
                </span>
                <span role="cell">{words(problem)}</span>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
