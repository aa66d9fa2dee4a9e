import { Button } from '@mantine/core';
import {
  IconArrowsTransferUp,
  IconChevronDown,
  IconChevronUp,
  IconEyeOff,
  IconRepeat,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLineView, LineFlag } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { LineDetails } from './line-details.tsx';
import type { useCountWrites } from './use-count-writes.ts';
import styles from './counts.module.css';

const FLAG_ICONS: Record<LineFlag, TablerIcon> = {
  moved: IconArrowsTransferUp,
  twoCounters: IconUsers,
  unseen: IconEyeOff,
  recount: IconRepeat,
};

const COLUMNS = 8;

interface ReviewLineProps {
  line: CountLineView;
  siteId: string;
  /** Its place in the list. */
  at: number;
  /** The keyboard comes to this one. */
  isStop: boolean;
  isOpened: boolean;
  /** Something can still be decided. */
  isOpen: boolean;
  writes: ReturnType<typeof useCountWrites>;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onToggle: () => void;
}

/** One line against the book, and under it what is known of it. */
export function ReviewLine(props: ReviewLineProps) {
  const { line, siteId, at, isStop, isOpened, isOpen, writes, onFocus, onKeyDown, onToggle } =
    props;
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = (value: number | null): string => (value === null ? '–' : formats.number(value));
  const Chevron = isOpened ? IconChevronUp : IconChevronDown;
  return (
    <>
      <tr>
        <td>{line.locationCode}</td>
        <td>
          {line.productName ?? t('records.notHere')} <small className="quiet">{line.sku}</small>
        </td>
        <td>{line.serial === '' ? line.lot : line.serial}</td>
        <td className={styles['number']}>{amount(line.book)}</td>
        <td className={styles['number']}>{amount(line.counted)}</td>
        <td className={styles['number']}>
          <Variance variance={line.variance} />
        </td>
        <td className={styles['number']}>
          {line.value === null || line.currency === null
            ? '–'
            : formats.money(line.value, line.currency)}
        </td>
        <td>
          <div className={styles['status']}>
            <span className={styles['flags']}>
              {line.flags.map((flag) => (
                <Flag key={flag} flag={flag} />
              ))}
              {line.cause !== null && <span>{t(`stock.cause.${line.cause}`)}</span>}
            </span>
            <Button
              variant="subtle"
              tabIndex={isStop ? 0 : -1}
              data-line={at}
              aria-expanded={isOpened}
              aria-label={t('counts.detailsOf', { name: line.productName ?? '' })}
              onFocus={onFocus}
              onKeyDown={onKeyDown}
              onClick={onToggle}
            >
              <Chevron aria-hidden size={18} />
            </Button>
          </div>
        </td>
      </tr>
      {isOpened && (
        <tr className={styles['details']}>
          <td colSpan={COLUMNS}>
            <LineDetails line={line} siteId={siteId} isOpen={isOpen} writes={writes} />
          </td>
        </tr>
      )}
    </>
  );
}

function Variance({ variance }: { variance: number | null }) {
  const formats = useFormats();
  if (variance === null) return '–';
  const sign = variance > 0 ? 'over' : 'under';
  return (
    <span className={styles['variance']} data-sign={variance === 0 ? undefined : sign}>
      {formats.signed(variance)}
    </span>
  );
}

function Flag({ flag }: { flag: LineFlag }) {
  const { t } = useTranslation();
  const Icon = FLAG_ICONS[flag];
  return (
    <span>
      <Icon aria-hidden size={16} />
      {t(`counts.flag.${flag}`)}
    </span>
  );
}
