import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TallyUnknown } from '../../shared/desktop/tally-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { AssignScan } from './assign-scan.tsx';
import { VoidScan } from './void-scan.tsx';
import styles from './tally.module.css';

/** Codes that nobody knew, of all work on this laptop: kept until somebody says what they are. Nothing while there are none. */
export function UnknownCodes() {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { data: unknown = [] } = useQuery(trpc.tally.unknown.queryOptions());
  const [voiding, setVoiding] = useState<TallyUnknown | null>(null);
  const [assigning, setAssigning] = useState<TallyUnknown | null>(null);
  const readAgain = (): Promise<void> => queryClient.invalidateQueries(trpc.tally.pathFilter());
  if (unknown.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles['log']}>
      <h3 id={id}>{t('tally.unknownTitle')}</h3>
      <ul className={styles['entries']}>
        {unknown.map((entry) => (
          <li key={entry.entryId} className={styles['entry']} data-outcome="unknown">
            <span className={styles['goods']}>
              <strong>{entry.code}</strong>
              <span className="quiet">
                {formats.dateTime(entry.at)}
                {entry.locationCode !== null &&
                  ` · ${t('tally.unknownAt', { place: entry.locationCode })}`}
              </span>
            </span>
            <Button
              variant="light"
              aria-label={t('tally.assignOne', { code: entry.code })}
              onClick={() => setAssigning(entry)}
            >
              {t('tally.assign')}
            </Button>
            <Button
              variant="subtle"
              aria-label={t('tally.takeBackOne', { name: entry.code })}
              onClick={() => setVoiding(entry)}
            >
              {t('tally.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      <VoidScan
        name={voiding?.code ?? null}
        onVoid={async (reason) => {
          await client.tally.void.mutate({ entryId: voiding?.entryId ?? '', reason });
          await readAgain();
        }}
        onClose={() => setVoiding(null)}
      />
      <AssignScan
        scan={assigning && { ...assigning, productId: null, quantity: 1 }}
        assign={async (input) => {
          const outcome = await client.tally.assign.mutate(input);
          await readAgain();
          return outcome;
        }}
        onClose={() => setAssigning(null)}
      />
    </section>
  );
}
