import { useTranslation } from 'react-i18next';
import type { DayOfMovements } from '../../shared/desktop/overview-views.ts';
import { MOVEMENT_KINDS } from '../../shared/entities/stock-movement.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { DayBars } from './day-bars.tsx';
import { useDayLabel } from './use-day-label.ts';
import styles from './overview.module.css';

interface MovementsChartProps {
  days: readonly DayOfMovements[];
  isWhole: boolean;
}

/** How many movements of each kind there were, day by day. */
export function MovementsChart({ days, isWhole }: MovementsChartProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const dayLabel = useDayLabel();
  const title = t('overview.movementsPerDay');
  return (
    <section className={styles['card']} aria-labelledby="chart-movements">
      <h2 id="chart-movements">{title}</h2>
      <DayBars
        title={title}
        series={MOVEMENT_KINDS.map((name) => ({ name, label: t(`stock.action.${name}`) }))}
        bars={days.map(({ startsAt, movements }) => ({
          label: dayLabel(startsAt),
          values: MOVEMENT_KINDS.map((kind) => movements[kind]),
        }))}
        format={formats.number}
      />
      {!isWhole && <p className="quiet">{t('overview.notWhole')}</p>}
    </section>
  );
}
