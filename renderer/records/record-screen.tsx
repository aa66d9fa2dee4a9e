import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { type Done, DoneNote } from './done-note.tsx';
import { recordTitle } from './record-fields.ts';
import { RecordExport } from './record-export.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordTable } from './record-table.tsx';
import { RemoveRecord } from './remove-record.tsx';
import { SiteSelect, useFollowedSites } from './site-select.tsx';
import { type TypedRecord, useRecords } from './use-records.ts';
import { useRecordWords } from './use-record-words.ts';
import styles from './records.module.css';

/**
 * A whole screen for any entity: list, create, edit, remove, undo, by site if the entity is of one. All that a new entity
 * needs to start from:
 *
 *   export default function PalletScreen() {
 *     return <RecordScreen entity={pallet} />;
 *   }
 *
 * Its parts, for a screen that outgrows it: `useRecords` reads, `useWriteRecords` writes, `RecordTable` and `RecordForm` show.
 */
export function RecordScreen({ entity }: { entity: EntityDefinition }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const isOfSite = entity.scope === 'site';
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  const where = useMemo<StoredRow | null>(() => {
    if (!isOfSite) return {};
    return siteId === null ? null : { site_id: siteId };
  }, [isOfSite, siteId]);
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>{words.entity(entity.name)}</h1>
        {isOfSite && (sites?.length ?? 0) > 1 && (
          <SiteSelect className={styles['site']} value={siteId} onChange={setChosen} />
        )}
      </header>
      {where === null ? (
        sites && <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      ) : (
        <RecordList key={siteId} entity={entity} where={where} />
      )}
    </div>
  );
}

function RecordList({ entity, where }: { entity: EntityDefinition; where: StoredRow }) {
  const { t } = useTranslation();
  const { records, isPending, error, hasMore, loadingMore, loadMore } = useRecords(entity, where);
  const [open, setOpen] = useState<TypedRecord | 'new' | null>(null);
  useReturnFocus(open !== null);
  const [done, setDone] = useState<Done | null>(null);
  const { writes } = entity.pattern;
  return (
    <>
      <div className={styles['tools']}>
        {writes.includes('create') && (
          <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setOpen('new')}>
            {t('records.create')}
          </Button>
        )}
        {records.length > 0 && <RecordExport entity={entity} where={where} />}
      </div>
      <DoneNote done={done} />
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {isPending && <p className="quiet">{t('records.loading')}</p>}
      {!isPending && error === null && records.length === 0 && (
        <EmptyState title={t('records.empty')} text={t('records.emptyHint')} />
      )}
      {records.length > 0 && (
        <section className={styles['card']}>
          <RecordTable
            entity={entity}
            records={records}
            columns={entity.columns.map(({ name }) => name).filter((name) => !(name in where))}
            onEdit={writes.includes('update') ? setOpen : undefined}
          />
        </section>
      )}
      {hasMore && (
        <Button
          variant="default"
          className={styles['start'] ?? ''}
          loading={loadingMore}
          onClick={loadMore}
        >
          {t('records.more')}
        </Button>
      )}
      {open && (
        <RecordDialog
          entity={entity}
          record={open === 'new' ? null : open}
          fixed={where}
          onClose={() => setOpen(null)}
          onDone={(next) => {
            setOpen(null);
            setDone(next);
          }}
        />
      )}
    </>
  );
}

interface RecordDialogProps {
  entity: EntityDefinition;
  record: TypedRecord | null;
  fixed: StoredRow;
  onClose: () => void;
  onDone: (done: Done) => void;
}

function RecordDialog({ entity, record, fixed, onClose, onDone }: RecordDialogProps) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const name = (record && recordTitle(record.row)) || words.one(entity.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={record ? t('records.editOne', { name }) : t('records.create')}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
      closeOnClickOutside={false}
      size="lg"
    >
      <RecordForm
        entity={entity}
        record={record}
        fixed={fixed}
        onDone={onDone}
        onCancel={onClose}
      />
      {record && entity.pattern.writes.includes('remove') && (
        <RemoveRecord entity={entity.name} id={record.id} name={name} onDone={onDone} />
      )}
    </Modal>
  );
}
