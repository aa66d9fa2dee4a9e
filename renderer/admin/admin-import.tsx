import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ADMIN_IMPORT_BYTES_MAX,
  type AdminImportInput,
  adminImportInput,
} from '../../shared/sync/admin-protocol.ts';
import { decodeText } from '../exchange/decode-text.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { AdminImportResult } from './admin-import-result.tsx';
import { useAdminChange } from './use-admin-change.ts';
import styles from '../exchange/exchange.module.css';

const KINDS = ['products', 'locations', 'stock'] as const;
const MEGABYTE = 1_024 * 1_024;
const { currency: currencyField } = adminImportInput.shape;

interface ChosenFile {
  name: string;
  text: string;
}

/** A file for the whole organisation: the server looks at every line first, and changes nothing until it is told to. */
export function AdminImport() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<AdminImportInput['kind']>('products');
  const [currency, setCurrency] = useState('');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const { check, apply, ask, forget, isCurrencyWrong } = useServerImport({ kind, currency, file });
  const choose = (chosen: ChosenFile | null): void => {
    forget();
    setFile(chosen);
  };
  const isTooLarge = file !== null && file.text.length > ADMIN_IMPORT_BYTES_MAX;
  const failure = check.error ?? apply.error;
  const isBusy = check.isPending || apply.isPending;
  return (
    <section className={styles['card']} aria-label={t('admin.tab.import')}>
      <p className="quiet">{t('admin.import.text')}</p>
      <SegmentedControl
        className={styles['kinds'] ?? ''}
        aria-label={t('exchange.what')}
        data={KINDS.map((value) => ({ value, label: t(`exchange.kind.${value}`) }))}
        value={kind}
        onChange={(value) => {
          forget();
          setKind(value);
        }}
      />
      <FileChoice file={file} onChoose={choose} />
      {isTooLarge && (
        <p role="alert" className={styles['missing']}>
          {t('exchange.fileProblem.tooLarge', { megabytes: ADMIN_IMPORT_BYTES_MAX / MEGABYTE })}
        </p>
      )}
      {kind === 'products' && (
        <div className={styles['options']}>
          <TextInput
            label={t('admin.import.currency')}
            description={t('admin.import.currencyHint')}
            maxLength={3}
            autoComplete="off"
            error={isCurrencyWrong ? t('records.invalid') : undefined}
            value={currency}
            onChange={(event) => {
              forget();
              setCurrency(event.currentTarget.value.toUpperCase());
            }}
          />
        </div>
      )}
      <Button
        className={styles['start'] ?? ''}
        variant={check.data ? 'default' : 'filled'}
        disabled={file === null || isTooLarge || isCurrencyWrong}
        loading={check.isPending}
        onClick={() => ask(true)}
      >
        {t('admin.import.dryRun')}
      </Button>
      {failure && !isBusy && <ErrorWords error={wireErrorOf(failure)} />}
      {check.data && (
        <AdminImportResult
          found={check.data}
          done={apply.data ?? null}
          isBusy={apply.isPending}
          onImport={() => ask(false)}
        />
      )}
    </section>
  );
}

interface FileChoiceProps {
  file: ChosenFile | null;
  onChoose: (file: ChosenFile) => void;
}

function FileChoice({ file, onChoose }: FileChoiceProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles['buttons']}>
      <input
        ref={input}
        type="file"
        className={styles['hidden']}
        aria-label={t('exchange.chooseFile')}
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,text/tab-separated-values,text/plain"
        tabIndex={-1}
        onChange={(event) => {
          const { currentTarget } = event;
          const [chosen] = currentTarget.files ?? [];
          if (!chosen) return;
          void chosen.arrayBuffer().then((bytes) => {
            // The same file may be chosen again after it was put right.
            currentTarget.value = '';
            onChoose({ name: chosen.name, text: decodeText(new Uint8Array(bytes)).text });
          });
        }}
      />
      <Button
        variant={file ? 'default' : 'filled'}
        leftSection={<IconFileUpload aria-hidden size={20} />}
        onClick={() => input.current?.click()}
      >
        {t('exchange.chooseFile')}
      </Button>
      <p role="status" className={styles['file']}>
        {file && <strong>{file.name}</strong>}
      </p>
    </div>
  );
}

function useServerImport({
  kind,
  currency,
  file,
}: {
  kind: AdminImportInput['kind'];
  currency: string;
  file: ChosenFile | null;
}) {
  const trpc = useTRPC();
  const check = useMutation(trpc.admin.import.mutationOptions());
  const apply = useMutation(trpc.admin.import.mutationOptions(useAdminChange()));
  const wanted = kind === 'products' && currency !== '' ? currency : null;
  const isCurrencyWrong = !currencyField.safeParse(wanted).success;
  return {
    check,
    apply,
    isCurrencyWrong,
    /** What was found holds for that file and those choices alone. */
    forget: () => {
      check.reset();
      apply.reset();
    },
    ask: (dryRun: boolean) => {
      if (!file) return;
      const { name: fileName, text } = file;
      if (dryRun) apply.reset();
      (dryRun ? check : apply).mutate({ kind, fileName, text, currency: wanted, dryRun });
    },
  };
}
