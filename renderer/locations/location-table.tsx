import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import stockStyles from '../stock/stock.module.css';
import styles from './locations.module.css';

interface LocationTableProps {
  locations: readonly LocationView[];
  /** Codes are unique within a site only. */
  showsSite: boolean;
  /** Null: nothing is being chosen. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onOpen: (id: string) => void;
}

export function LocationTable(props: LocationTableProps) {
  const { locations, showsSite, chosen, onChoose, onOpen } = props;
  const { t } = useTranslation();
  return (
    <section className={styles['card']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {chosen && <th scope="col">{t('labels.chosen')}</th>}
            <th scope="col">{t('records.column.code')}</th>
            {showsSite && <th scope="col">{t('records.column.site_id')}</th>}
            <th scope="col">{t('records.column.name')}</th>
            <th scope="col">{t('records.column.zone')}</th>
            <th scope="col" className={styles['right']}>
              {t('records.column.capacity')}
            </th>
            <th scope="col">{t('records.status')}</th>
          </tr>
        </thead>
        <tbody>
          {locations.map((location) => (
            <LocationRow
              key={location.id}
              location={location}
              showsSite={showsSite}
              isChosen={chosen ? chosen.has(location.id) : null}
              onChosen={(isChosen) => {
                const next = new Set(chosen);
                if (isChosen) next.add(location.id);
                else next.delete(location.id);
                onChoose(next);
              }}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LocationRowProps {
  location: LocationView;
  showsSite: boolean;
  /** Null: nothing is being chosen. */
  isChosen: boolean | null;
  onChosen: (isChosen: boolean) => void;
  onOpen: (id: string) => void;
}

function LocationRow(props: LocationRowProps) {
  const { location, showsSite, isChosen, onChosen, onOpen } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { id, code, name, zone, capacity, siteCode, blocked, pending, conflict } = location;
  return (
    <tr>
      {isChosen !== null && (
        <td>
          <Checkbox
            size="md"
            className={styles['choose'] ?? ''}
            aria-label={t('labels.chooseOne', { code })}
            checked={isChosen}
            onChange={(event) => onChosen(event.currentTarget.checked)}
          />
        </td>
      )}
      <th scope="row">
        <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
          {code}
        </button>
      </th>
      {showsSite && <td className="quiet">{siteCode}</td>}
      <td>{name ?? '–'}</td>
      <td className="quiet">{zone ?? '–'}</td>
      <td className={styles['right']}>{capacity === null ? '–' : formats.number(capacity)}</td>
      <td>
        <span className={styles['states']}>
          {blocked && <span className={stockStyles['blocked']}>{t('stock.blocked')}</span>}
          <RecordBadges pending={pending} conflict={conflict} />
        </span>
      </td>
    </tr>
  );
}
