import { Button, Group, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanOutcome, TallyAssignInput } from '../../shared/desktop/tally-views.ts';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './tally.module.css';

/** A scan that was not counted. */
export interface Unassigned {
  entryId: string;
  code: string;
  productId: string | null;
  quantity: number;
}

interface AssignScanProps {
  /** Null: nothing is asked. */
  scan: Unassigned | null;
  assign: (input: TallyAssignInput) => Promise<ScanOutcome>;
  onClose: () => void;
}

/** Says which goods a code stands for, or what their label left out, and counts them. */
export function AssignScan({ scan, assign, onClose }: AssignScanProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={scan !== null}
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('tally.assignTitle', { code: scan?.code ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {scan && <AssignForm key={scan.entryId} scan={scan} assign={assign} onClose={onClose} />}
    </Modal>
  );
}

function AssignForm({ scan, assign, onClose }: AssignScanProps & { scan: Unassigned }) {
  const { t } = useTranslation();
  const [productId, setProductId] = useState(scan.productId);
  const [quantity, setQuantity] = useState(Math.max(1, scan.quantity));
  const [lot, setLot] = useState('');
  const [serial, setSerial] = useState('');
  const [day, setDay] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const submit = (): void => {
    if (productId === null) return;
    const expiresOn = day === '' ? null : Date.parse(`${day}T00:00:00Z`);
    const { entryId } = scan;
    assign({ entryId, productId, quantity, lot, serial, expiresOn }).then((outcome) => {
      if (outcome.line) onClose();
      else setProblem(outcome.problem === null ? null : t(`tally.problem.${outcome.problem}`));
    }, setError);
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="quiet">{t('tally.assignHint')}</p>
      <ReferencePicker
        entity="product"
        siteId={null}
        label={t('tally.product')}
        error={undefined}
        clearable={false}
        value={productId}
        onChange={setProductId}
      />
      <NumberInput
        label={t('tally.quantity')}
        allowDecimal={false}
        allowNegative={false}
        min={1}
        hideControls
        value={quantity}
        onChange={(next) => setQuantity(typeof next === 'number' && next > 0 ? next : 1)}
      />
      <TextInput
        label={t('tally.lotField')}
        data-scan="type"
        value={lot}
        onChange={(event) => setLot(event.currentTarget.value)}
      />
      <TextInput
        label={t('tally.serialField')}
        data-scan="type"
        value={serial}
        onChange={(event) => setSerial(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('tally.expiresField')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {problem !== null && <p role="alert">{problem}</p>}
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('tally.cancel')}
        </Button>
        <Button type="submit" aria-disabled={productId === null || undefined}>
          {t('tally.count')}
        </Button>
      </Group>
    </form>
  );
}
