import { IconAlertTriangle } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { LineQuantity, type LineQuantityProps } from './line-quantity.tsx';
import type { TallySession } from './use-tally.ts';
import styles from './tally.module.css';

const ROW_HEIGHT = 76;
const OVERSCAN_ROWS = 6;

/** What the scans add up to, by goods and place, the newest first. Only rows in sight are drawn. */
export function TallyLines({ session }: { session: TallySession }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = session.tally.items;
  const last = lines.length - 1;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[last - index]?.key ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    useFlushSync: false,
  });
  if (lines.length === 0) return <p className={styles['empty']}>{t('tally.noLines')}</p>;
  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="table"
      aria-label={t('tally.lines')}
      aria-rowcount={lines.length + 1}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
    >
      <div role="rowgroup" className={styles['head']}>
        <div role="row" aria-rowindex={1} className={styles['line']}>
          {(['line', 'where', 'quantity'] as const).map((name) => (
            <span key={name} role="columnheader">
              {t(`tally.${name}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[last - index];
          return line ? (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-problem={line.problem ?? undefined}
              role="row"
              aria-rowindex={index + 2}
              className={styles['line']}
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }}
            >
              <LineCells
                line={line}
                isOpen={session.tally.state === 'open'}
                type={session.type}
                addTyped={session.addTyped}
              />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

/** Drawn again when its line grows, and not with every scan. */
const LineCells = memo(function LineCells(props: LineQuantityProps) {
  const { line } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { productName, sku, lot, serial, expiresOn, problem, expected, before } = line;
  const details = [
    sku,
    lot === '' ? null : t('tally.lot', { lot }),
    serial === '' ? null : t('tally.serial', { serial }),
    expiresOn === null ? null : t('tally.expires', { day: formats.day(expiresOn) }),
    expected === null
      ? null
      : t('tally.ofExpected', {
          before: formats.number(before ?? 0),
          expected: formats.number(expected),
        }),
  ];
  return (
    <>
      <div role="cell" className={styles['goods']}>
        <strong>{productName}</strong>
        <span className="quiet">{details.filter((part) => part !== null).join(' · ')}</span>
        {problem !== null && (
          <span className={styles['badge']} data-outcome="suspect">
            <IconAlertTriangle aria-hidden size={18} />
            {t(`tally.problem.${problem}`)}
          </span>
        )}
      </div>
      <span role="cell">{line.locationCode ?? '–'}</span>
      <div role="cell">
        <LineQuantity {...props} />
      </div>
    </>
  );
});
