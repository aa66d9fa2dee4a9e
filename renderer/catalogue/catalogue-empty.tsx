import { Button } from '@mantine/core';
import { IconPackageOff, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../shell/empty-state.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import { activeFilters, useFilterChoice } from './session.tsx';

export function CatalogueEmpty({ text, onClearText }: { text: string; onClearText: () => void }) {
  const { t } = useTranslation();
  const { filter, clearFilter } = useFilterChoice();
  const isRunning = useSyncStatus(({ running }) => running !== null);
  if (activeFilters(filter) > 0) {
    return (
      <EmptyState
        icon={<IconSearchOff aria-hidden size={44} stroke={1.4} />}
        title={text === '' ? t('catalogue.empty.filtered') : t('catalogue.empty.noMatch', { text })}
        text={t('catalogue.empty.filteredHint')}
      >
        <Button variant="light" onClick={clearFilter}>
          {t('catalogue.empty.clearFilters')}
        </Button>
      </EmptyState>
    );
  }
  if (text !== '') {
    return (
      <EmptyState
        icon={<IconSearchOff aria-hidden size={44} stroke={1.4} />}
        title={t('catalogue.empty.noMatch', { text })}
        text={t('catalogue.empty.noMatchHint')}
      >
        <Button variant="light" onClick={onClearText}>
          {t('catalogue.empty.clearSearch')}
        </Button>
      </EmptyState>
    );
  }
  if (isRunning) {
    return <EmptyState title={t('firstRun.waiting')} text={t('firstRun.waitingHint')} />;
  }
  return (
    <EmptyState
      icon={<IconPackageOff aria-hidden size={44} stroke={1.4} />}
      title={t('catalogue.empty.nothing')}
      text={t('catalogue.empty.nothingHint')}
    >
      <SyncButton />
    </EmptyState>
  );
}
