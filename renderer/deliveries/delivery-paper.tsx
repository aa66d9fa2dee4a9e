import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { PrintSheet } from '../labels/print-sheet.tsx';

const WRITE_WIDTH_MM = 24;

/** A delivery on paper: what is expected, what has come, and room to write what was seen. */
export function DeliveryPaper({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  const { code, supplier, siteCode, expectedAt, note, items } = delivery;
  const facts: (readonly [string, string])[] = [
    [t('records.column.site_id'), siteCode],
    [t('deliveries.supplier'), supplier ?? '–'],
    [t('deliveries.expectedAt'), expectedAt === null ? '–' : formats.dateTime(expectedAt)],
    [t('deliveries.printedAt'), formats.dateTime(now())],
  ];
  if (note !== null) facts.push([t('records.column.note'), note]);
  return (
    <PrintSheet
      title={t('deliveries.paper', { code })}
      facts={facts}
      columns={[
        { header: t('product.sku') },
        { header: t('records.column.product_id') },
        { header: t('records.column.expected'), align: 'end' },
        { header: t('records.column.received'), align: 'end' },
        { header: t('deliveries.counted'), width: WRITE_WIDTH_MM },
      ]}
      rows={items.map(({ sku, productName, expected, received, unit }) => [
        sku ?? '',
        productName ?? t('records.notHere'),
        `${formats.number(expected)} ${unit}`,
        `${formats.number(received)} ${unit}`,
        '',
      ])}
      signatures={[t('deliveries.receivedBy'), t('deliveries.driver')]}
    />
  );
}
