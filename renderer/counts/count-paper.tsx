import { useTranslation } from 'react-i18next';
import type {
  CountLineView,
  CountPlaceView,
  CountSummary,
} from '../../shared/desktop/count-views.ts';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { PrintSheet } from '../labels/print-sheet.tsx';
import { namesOf } from './names-of.ts';
import { usePlanWords } from './use-plan-words.ts';

const WRITE_WIDTH_MM = 24;
/** Under each place of a sheet to be written on. */
const BLANK_ROWS = 3;

interface CountPaperProps {
  count: CountSummary;
  places: readonly CountPlaceView[];
  /** What was found; null for a sheet to count with, which says nothing of what should be there. */
  lines: readonly CountLineView[] | null;
}

/** A count on paper: to write on while counting, or what it found. */
export function CountPaper({ count, places, lines }: CountPaperProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  const planWords = usePlanWords();
  const facts: (readonly [string, string])[] = [
    [t('records.column.site_id'), count.siteCode],
    [t('counts.what'), planWords(count)],
    [t('counts.dueAt'), count.dueAt === null ? '–' : formats.dateTime(count.dueAt)],
    [
      t('counts.counters'),
      count.counters.length === 0 ? t('counts.anybody') : namesOf(count.counters),
    ],
    [t('deliveries.printedAt'), formats.dateTime(now())],
  ];
  const title = t('counts.paper', { code: count.code });
  const signatures = [t('counts.countedBy'), t('counts.approvedBy')];
  if (lines === null) {
    const blank = ['', '', '', ''];
    return (
      <PrintSheet
        title={title}
        facts={facts}
        signatures={signatures}
        columns={[
          { header: t('counts.place'), width: 2 * WRITE_WIDTH_MM },
          { header: t('counts.product') },
          { header: t('counts.lot'), width: WRITE_WIDTH_MM },
          { header: t('counts.counted'), width: WRITE_WIDTH_MM },
        ]}
        rows={places.flatMap(({ code, name }) => [
          [name === null ? code : `${code} ${name}`, '', '', ''],
          ...Array.from({ length: BLANK_ROWS - 1 }, () => blank),
        ])}
      />
    );
  }
  const amount = (value: number | null): string => (value === null ? '–' : formats.number(value));
  return (
    <PrintSheet
      title={title}
      facts={facts}
      signatures={signatures}
      columns={[
        { header: t('counts.place') },
        { header: t('product.sku') },
        { header: t('counts.product') },
        { header: t('counts.lot') },
        { header: t('counts.book'), align: 'end' },
        { header: t('counts.counted'), align: 'end' },
        { header: t('counts.difference'), align: 'end' },
      ]}
      rows={lines.map((line) => [
        line.locationCode,
        line.sku ?? '',
        line.productName ?? t('records.notHere'),
        line.serial === '' ? line.lot : line.serial,
        amount(line.book),
        amount(line.counted),
        line.variance === null ? '–' : formats.signed(line.variance),
      ])}
    />
  );
}
