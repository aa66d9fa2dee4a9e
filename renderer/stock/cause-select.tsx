import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Cause, CAUSES } from '../../shared/entities/stock-movement.ts';

interface CauseSelectProps {
  value: Cause | null;
  onChange: (cause: Cause | null) => void;
}

/** Why stock was not what the book said, in words that can be counted. */
export function CauseSelect({ value, onChange }: CauseSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('stock.causeLabel')}
      placeholder={t('stock.causeNone')}
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      data={CAUSES.map((cause) => ({ value: cause, label: t(`stock.cause.${cause}`) }))}
      value={value}
      onChange={(cause) => onChange(CAUSES.find((one) => one === cause) ?? null)}
    />
  );
}
