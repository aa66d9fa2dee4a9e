import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type SubmitEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { useScanProduct } from '../goods/use-scan-product.ts';
import { RecordFieldInput } from '../records/record-field-input.tsx';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import type { LineDraft, LineProblem } from './delivery-draft.ts';
import { DELIVERY_FIELDS, useDeliveryForm } from './use-delivery-form.ts';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

interface DeliveryFormProps {
  /** Null creates one. */
  delivery: DeliveryView | null;
  siteId: string;
}

/** A delivery with its lines. A scan adds the product, or leads to its line. Enter saves. */
export function DeliveryForm({ delivery, siteId }: DeliveryFormProps) {
  const { t } = useTranslation();
  const form = useDeliveryForm(delivery, siteId);
  const element = useRef<HTMLFormElement>(null);
  const focusLine = (id: string): void => {
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>(`[data-line="${id}"] [inputmode]`)?.focus(),
    );
  };
  useScanProduct(({ product }) => focusLine(form.addLine(product.id)));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (form.save()) return;
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  return (
    <form ref={element} className={styles['form']} noValidate onSubmit={submit}>
      <div className={recordStyles['fields']}>
        {DELIVERY_FIELDS.map((field) => (
          <div key={field.name} data-wide={field.kind === 'longText' || undefined}>
            <RecordFieldInput
              field={field}
              value={form.typed[field.name] ?? ''}
              problem={form.problems[field.name]}
              onChange={(value) => form.type(field.name, value)}
            />
          </div>
        ))}
      </div>
      <section
        className={`${recordStyles['card']} ${styles['lineCard']}`}
        aria-labelledby="delivery-form-lines"
      >
        <h2 id="delivery-form-lines">{t('deliveries.lines')}</h2>
        <p className="quiet">{t('deliveries.scanToAdd')}</p>
        <div className={styles['lines']}>
          {form.lines.map((line) => (
            <LineFields
              key={line.id}
              line={line}
              problem={form.lineProblems.get(line.id)}
              onChange={(fields) => form.changeLine(line.id, fields)}
              onRemove={() => form.removeLine(line.id)}
            />
          ))}
        </div>
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={20} />}
          onClick={() => {
            const id = form.addLine(null);
            requestAnimationFrame(() =>
              element.current?.querySelector<HTMLElement>(`[data-line="${id}"] input`)?.focus(),
            );
          }}
        >
          {t('deliveries.addLine')}
        </Button>
      </section>
      {form.error !== null && <ErrorWords error={wireErrorOf(form.error)} />}
      <div className={styles['actions']}>
        <Button type="submit" aria-disabled={form.saving || undefined}>
          {t('records.save')}
        </Button>
        <Button
          component={Link}
          className={styles['link'] ?? ''}
          href={delivery ? `/deliveries/${delivery.id}` : '/deliveries'}
          variant="default"
        >
          {t('records.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface LineFieldsProps {
  line: LineDraft;
  problem: LineProblem | undefined;
  onChange: (fields: Partial<LineDraft>) => void;
  onRemove: () => void;
}

function LineFields({ line, problem, onChange, onRemove }: LineFieldsProps) {
  const { t } = useTranslation();
  const words = problem && t(`deliveries.problem.${problem}`);
  return (
    <div className={styles['line']} data-line={line.id}>
      <ReferencePicker
        entity="product"
        siteId={null}
        label={t('records.column.product_id')}
        error={problem === 'quantity' ? undefined : words}
        clearable={false}
        leavesScans
        value={line.productId}
        onChange={(productId) => onChange({ productId })}
      />
      <NumberInput
        label={t('records.column.expected')}
        error={problem === 'quantity' ? words : undefined}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        hideControls
        value={line.expected ?? ''}
        onChange={(next) => onChange({ expected: typeof next === 'number' ? next : null })}
      />
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('deliveries.removeLine')}
        onClick={onRemove}
      >
        <IconTrash aria-hidden size={20} />
      </ActionIcon>
    </div>
  );
}
