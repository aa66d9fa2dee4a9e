import { Button, Switch } from '@mantine/core';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TallyEntry } from '../../shared/desktop/tally-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { AssignScan } from './assign-scan.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { TallySession } from './use-tally.ts';
import { VoidScan } from './void-scan.tsx';
import styles from './tally.module.css';

/** The newest scans, as they came: what each was taken for, and the way to put that right. Nothing is ever gone from it. */
export function ScanLog({ session }: { session: TallySession }) {
  const { t } = useTranslation();
  const [voiding, setVoiding] = useState<TallyEntry | null>(null);
  const [assigning, setAssigning] = useState<TallyEntry | null>(null);
  const [isNarrowed, setNarrowed] = useState(false);
  const { entries } = session.tally;
  const shown = isNarrowed ? entries.filter(needsLook) : entries;
  return (
    <div role="group" aria-label={t('tally.log')} className={styles['log']}>
      <Switch
        size="md"
        label={t('tally.showSuspects')}
        checked={isNarrowed}
        onChange={(event) => setNarrowed(event.currentTarget.checked)}
      />
      {shown.length === 0 ? (
        <p className={styles['empty']}>{t('tally.noScans')}</p>
      ) : (
        <ol className={styles['entries']}>
          {shown.map((entry) => (
            <ScanEntry
              key={entry.entryId}
              entry={entry}
              isOpen={session.tally.state === 'open'}
              onVoid={setVoiding}
              onAssign={setAssigning}
            />
          ))}
        </ol>
      )}
      <VoidScan
        name={voiding && nameOf(voiding)}
        onVoid={(reason) => session.voidScan(voiding?.entryId ?? '', reason)}
        onClose={() => setVoiding(null)}
      />
      <AssignScan scan={assigning} assign={session.assign} onClose={() => setAssigning(null)} />
    </div>
  );
}

interface ScanEntryProps {
  entry: TallyEntry;
  isOpen: boolean;
  onVoid: (entry: TallyEntry) => void;
  onAssign: (entry: TallyEntry) => void;
}

/** Drawn once: with each scan one comes, and the others stay. */
const ScanEntry = memo(function ScanEntry(props: ScanEntryProps) {
  const { entry, isOpen, onVoid, onAssign } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { kind, problem, voidReason, quantity, locationCode } = entry;
  const name = nameOf(entry);
  const details = [
    formats.time(entry.at),
    quantity > 1 ? `× ${formats.number(quantity)}` : null,
    locationCode,
    problem === null ? null : t(`tally.problem.${problem}`),
    voidReason === null ? null : t('tally.takenBack', { reason: voidReason }),
  ];
  const isVoid = voidReason !== null;
  return (
    <li className={styles['entry']} data-outcome={kind} data-void={isVoid || undefined}>
      <OutcomeBadge kind={kind} />
      <span className={styles['goods']}>
        <strong>{name}</strong>
        <span className="quiet">{details.filter((part) => part !== null).join(' · ')}</span>
      </span>
      {isOpen && !isVoid && isAssignable(entry) && (
        <Button
          variant="light"
          aria-label={t('tally.assignOne', { code: name })}
          onClick={() => onAssign(entry)}
        >
          {t('tally.assign')}
        </Button>
      )}
      {isOpen && !isVoid && (
        <Button
          variant="subtle"
          aria-label={t('tally.takeBackOne', { name })}
          onClick={() => onVoid(entry)}
        >
          {t('tally.takeBack')}
        </Button>
      )}
    </li>
  );
});

function nameOf({ productName, kind, locationCode, code }: TallyEntry): string {
  return productName ?? (kind === 'place' ? (locationCode ?? code) : code);
}

function needsLook({ kind, voidReason }: TallyEntry): boolean {
  return voidReason === null && kind !== 'ok' && kind !== 'place';
}

/** Goods that were not counted. A place that was refused is no goods. */
function isAssignable({ kind, problem }: TallyEntry): boolean {
  const isPlace = problem === 'placeBlocked' || problem === 'placeNotPlanned';
  return (kind === 'unknown' || kind === 'problem' || kind === 'wrongPlace') && !isPlace;
}
