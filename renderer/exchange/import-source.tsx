import { Button, Textarea } from '@mantine/core';
import { IconClipboardText, IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { Import } from './use-import.ts';
import styles from './exchange.module.css';

const PASTED_ROWS = 6;

/** Where the rows come from: a file, or text that was copied from a spreadsheet. */
export function ImportSource({ task }: { task: Import }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState<string | null>(null);
  const { file, fileProblem } = task;
  return (
    <div className={styles['source']}>
      <div className={styles['buttons']}>
        <input
          ref={input}
          type="file"
          className={styles['hidden']}
          aria-label={t('exchange.chooseFile')}
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          tabIndex={-1}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            // The same file may be chosen again after it was put right.
            const { currentTarget } = event;
            if (!chosen) return;
            void chosen.arrayBuffer().then((bytes) => {
              currentTarget.value = '';
              setPasted(null);
              task.open({ name: chosen.name, bytes: new Uint8Array(bytes) });
            });
          }}
        />
        <Button
          leftSection={<IconFileUpload aria-hidden size={20} />}
          variant={file ? 'default' : 'filled'}
          onClick={() => input.current?.click()}
        >
          {t('exchange.chooseFile')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconClipboardText aria-hidden size={20} />}
          aria-expanded={pasted !== null}
          onClick={() => setPasted(pasted === null ? '' : null)}
        >
          {t('exchange.paste')}
        </Button>
      </div>
      {pasted !== null && (
        <div className={styles['paste']}>
          <Textarea
            label={t('exchange.pasteLabel')}
            description={t('exchange.pasteHint')}
            rows={PASTED_ROWS}
            spellCheck={false}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={pasted.trim() === ''}
            onClick={() =>
              task.open({
                name: t('exchange.pastedName'),
                bytes: new TextEncoder().encode(pasted),
              })
            }
          >
            {t('exchange.usePasted')}
          </Button>
        </div>
      )}
      <p role="status" className={styles['file']}>
        {file && (
          <>
            <strong>{file.name}</strong>{' '}
            {t('exchange.opened', {
              count: file.headers.length,
              formatted: formats.number(file.headers.length),
              encoding: file.encoding.toUpperCase(),
            })}
          </>
        )}
      </p>
      {fileProblem && (
        <p role="alert" className={styles['missing']}>
          {t(`exchange.fileProblem.${fileProblem.code}`, fileProblem.facts)}
        </p>
      )}
    </div>
  );
}
