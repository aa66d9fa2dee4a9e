import { Button } from '@mantine/core';
import { IconMapPinOff, IconMapSearch, IconPlus, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistoryState } from 'wouter/use-browser-location';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { useKeptFor } from '../people/use-kept-for.ts';
import { ListSearch } from '../records/list-search.tsx';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { LocationExport } from './location-export.tsx';
import { LocationPanel } from './location-panel.tsx';
import { LocationTable } from './location-table.tsx';
import { NewLocation } from './new-location.tsx';
import { PlaceLabels } from './place-labels.tsx';
import { useLocations } from './use-locations.ts';
import styles from './locations.module.css';

/** The places of the sites on this laptop: found by code or name, looked after with no network. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function LocationsScreen() {
  const { t } = useTranslation();
  const sites = useFollowedSites() ?? [];
  const [text, setText] = useSearchedText();
  const [siteId, setSiteId] = useState<string | null>(null);
  const list = useLocations(text, siteId);
  const [open, setOpen] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const opened = list.locations?.find(({ id }) => id === open);
  const settle = (next: Done): void => {
    setOpen(null);
    setDone(next);
  };
  return (
    <div className={styles['page']}>
      <LocationsHead
        hasSites={sites.length > 0}
        isChoosing={chosen !== null}
        onChoose={() => setChosen(new Set())}
        onNew={() => setOpen(NEW)}
      />
      <div className={styles['tools']}>
        {/* A scan lands here wherever the focus is. */}
        <ListSearch
          className={styles['search']}
          data-scan="type"
          label={t('locations.find')}
          placeholder={t('locations.findPlaceholder')}
          autoFocus
          text={text}
          onText={setText}
          onEnter={() => {
            const [first] = list.locations ?? [];
            if (first && !list.isSuperseded) setOpen(first.id);
          }}
        />
        {sites.length > 1 && (
          <SiteSelect
            className={styles['site']}
            value={siteId}
            onChange={setSiteId}
            allLabel={t('locations.allSites')}
          />
        )}
      </div>
      <PlaceLabels locations={list.locations} chosen={chosen} onChoose={setChosen} />
      <DoneNote done={done} />
      {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
      {list.isPending && <p className="quiet">{t('records.loading')}</p>}
      {list.locations?.length === 0 && <NoLocations text={text} hasSites={sites.length > 0} />}
      {list.locations && list.locations.length > 0 && (
        <LocationTable
          locations={list.locations}
          showsSite={sites.length > 1 && siteId === null}
          chosen={chosen}
          onChoose={setChosen}
          onOpen={setOpen}
        />
      )}
      {list.locations && list.locations.length > 0 && (
        <LocationExport text={text} siteId={siteId} />
      )}
      {list.hasMore && (
        <Button variant="default" className={styles['more'] ?? ''} onClick={list.showMore}>
          {t('records.more')}
        </Button>
      )}
      <LocationPanel location={opened} onClose={() => setOpen(null)} onDone={settle} />
      <NewLocation
        opened={open === NEW}
        siteId={siteId ?? (sites.length === 1 ? (sites[0]?.id ?? null) : null)}
        onClose={() => setOpen(null)}
        onDone={settle}
      />
    </div>
  );
}

/** What is searched here; whoever leads to one location, as the command palette does, hands over its code. */
function useSearchedText(): [string, (text: string) => void] {
  const given = useHistoryState<{ text?: string } | null>()?.text ?? '';
  const [typed, setTyped] = useState({ given, text: given });
  if (typed.given !== given) setTyped({ given, text: given });
  return [typed.text, (text) => setTyped({ given, text })];
}

interface LocationsHeadProps {
  hasSites: boolean;
  isChoosing: boolean;
  onChoose: () => void;
  onNew: () => void;
}

function LocationsHead({ hasSites, isChoosing, onChoose, onNew }: LocationsHeadProps) {
  const { t } = useTranslation();
  const keptFor = useKeptFor('supervisor');
  return (
    <header className={styles['head']}>
      <h1>{t('records.entity.location')}</h1>
      {hasSites && (
        <div className={styles['actions']}>
          {!isChoosing && (
            <Button
              variant="default"
              leftSection={<IconTags aria-hidden size={20} />}
              onClick={onChoose}
            >
              {t('labels.choose')}
            </Button>
          )}
          {keptFor === null && (
            <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={onNew}>
              {t('locations.new')}
            </Button>
          )}
        </div>
      )}
    </header>
  );
}

/** In the place of an id: the form for one that is not there yet is open. */
const NEW = 'new';

function NoLocations({ text, hasSites }: { text: string; hasSites: boolean }) {
  const { t } = useTranslation();
  if (!hasSites) return <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />;
  return text.trim() === '' ? (
    <EmptyState
      icon={<IconMapPinOff aria-hidden size={44} stroke={1.4} />}
      title={t('locations.empty')}
      text={t('locations.emptyHint')}
    />
  ) : (
    <EmptyState
      icon={<IconMapSearch aria-hidden size={44} stroke={1.4} />}
      title={t('locations.noMatch', { text: text.trim() })}
      text={t('locations.noMatchHint')}
    />
  );
}
