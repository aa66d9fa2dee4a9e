import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { missingFields } from '../../shared/exchange/guess-columns.ts';
import { IMPORT_KINDS, type ImportKind, KEY_FIELDS } from '../../shared/exchange/import-fields.ts';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { ColumnChoices } from './column-choices.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportSource } from './import-source.tsx';
import { ProductCommand } from './product-command.tsx';
import { useFieldWords } from './use-field-words.ts';
import { useImport } from './use-import.ts';
import styles from './exchange.module.css';

const REASON_MAX = 500;

/** From a file to what is recorded of it, in steps that each show what they would do. */
export function ImportForm() {
  const { t } = useTranslation();
  const fieldWord = useFieldWords();
  const sites = useFollowedSites();
  const task = useImport();
  const [siteId, setSiteId] = useState<string | null>(null);
  const [reason, setReason] = useState(t('exchange.reasonProposed'));
  const { kind, file, columns, checked, progress } = task;
  const siteIds = useMemo(() => new Map(sites?.map(({ code, id }) => [code, id])), [sites]);
  const missing = file ? missingFields(columns, kind, KEY_FIELDS[kind]) : [];
  const [onlySite] = sites?.length === 1 ? sites : [];
  const check = (): void =>
    task.check({
      sites: siteIds,
      siteId: siteId ?? onlySite?.id ?? null,
      reason: reason.trim() === '' ? t('exchange.reasonProposed') : reason.trim(),
    });
  return (
    <section className={styles['card']} aria-labelledby="exchange-import">
      <h2 id="exchange-import">{t('exchange.importTitle')}</h2>
      <SegmentedControl
        className={styles['kinds'] ?? ''}
        aria-label={t('exchange.what')}
        data={IMPORT_KINDS.map((value) => ({ value, label: t(`exchange.kind.${value}`) }))}
        value={kind}
        onChange={(value) => task.setKind(value)}
      />
      <p className="quiet">{t(`exchange.about.${kind}`)}</p>
      {kind === 'products' && <ProductCommand file={file?.name ?? null} />}
      <ImportSource task={task} />
      {file && (
        <>
          <ColumnChoices task={task} file={file} />
          <ImportOptions
            kind={kind}
            site={{ siteId, setSiteId, isOffered: (sites?.length ?? 0) > 1 }}
            reason={reason}
            setReason={setReason}
          />
          {missing.length > 0 && (
            <p role="alert" className={styles['missing']}>
              {t('exchange.missing', { fields: missing.map(fieldWord).join(', ') })}
            </p>
          )}
          {progress === null && (
            <Button
              className={styles['start'] ?? ''}
              variant={checked === null ? 'filled' : 'default'}
              disabled={missing.length > 0 || sites === undefined}
              onClick={check}
            >
              {t(checked === null ? 'exchange.check' : 'exchange.checkAgain')}
            </Button>
          )}
        </>
      )}
      <ImportProgress task={task} />
      {task.error !== null && <ErrorWords error={wireErrorOf(task.error)} />}
      {checked && <ImportResult task={task} check={checked} />}
    </section>
  );
}

interface ImportOptionsProps {
  kind: ImportKind;
  site: { siteId: string | null; setSiteId: (siteId: string | null) => void; isOffered: boolean };
  reason: string;
  setReason: (reason: string) => void;
}

/** What a file does not say. */
function ImportOptions({ kind, site, reason, setReason }: ImportOptionsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['options']}>
      {kind !== 'products' && site.isOffered && (
        <SiteSelect
          value={site.siteId}
          onChange={site.setSiteId}
          allLabel={t('exchange.siteFromFile')}
        />
      )}
      {kind === 'stock' && (
        <TextInput
          label={t('exchange.reason')}
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
