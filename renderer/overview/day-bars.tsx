import { useTranslation } from 'react-i18next';
import styles from './overview.module.css';

export interface BarSeries {
  /** Which colour and pattern. */
  name: string;
  /** Translated. */
  label: string;
}

export interface DayBar {
  /** Short, below the bar. */
  label: string;
  /** One for each series, in its order. */
  values: readonly number[];
}

interface DayBarsProps {
  title: string;
  series: readonly BarSeries[];
  bars: readonly DayBar[];
  format: (value: number) => string;
}

const WIDTH = 480;
const HEIGHT = 190;
const FOOT = 24;
const LABELS_MAX = 8;
/** Of the space that a day has. */
const BAR_SHARE = 0.7;

/**
 * Bars, one for each day, made of parts. A picture for the eye; the same numbers are a table for everybody else, so nothing
 * depends on colour or on seeing it.
 */
export function DayBars({ title, series, bars, format }: DayBarsProps) {
  const { t } = useTranslation();
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...sums);
  return (
    <figure className={styles['figure']}>
      <figcaption>
        <ul className={styles['legend']}>
          {series.map(({ name, label }, at) => (
            <li key={name} data-series={name}>
              <span aria-hidden />
              {label}: {format(bars.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))}
            </li>
          ))}
        </ul>
      </figcaption>
      <Drawing series={series} bars={bars} most={most} format={format} />
      <details>
        <summary>{t('overview.asTable')}</summary>
        <div className={styles['scroll']}>
          <table className={styles['table']} aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{t('overview.day')}</th>
                {series.map(({ name, label }) => (
                  <th key={name} scope="col" className={styles['right']}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bars.map(({ label, values }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {values.map((value, at) => (
                    <td key={series[at]?.name} className={styles['right']}>
                      {format(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

interface DrawingProps extends Omit<DayBarsProps, 'title'> {
  most: number;
}

function Drawing({ series, bars, most, format }: DrawingProps) {
  const step = WIDTH / Math.max(1, bars.length);
  const every = Math.ceil(bars.length / LABELS_MAX);
  const full = HEIGHT - FOOT - 14;
  return (
    <svg className={styles['drawing']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <text x={0} y={10} className={styles['scale']}>
        {format(most)}
      </text>
      <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className={styles['base']} />
      {bars.map(({ label, values }, day) => {
        let top = HEIGHT - FOOT;
        return (
          <g key={label}>
            {values.map((value, at) => {
              const height = (value / most) * full;
              top -= height;
              return (
                <rect
                  key={series[at]?.name}
                  data-series={series[at]?.name}
                  x={day * step + (step * (1 - BAR_SHARE)) / 2}
                  y={top}
                  width={step * BAR_SHARE}
                  height={height}
                />
              );
            })}
            {day % every === 0 && (
              <text x={day * step + step / 2} y={HEIGHT - 6} className={styles['dayLabel']}>
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
