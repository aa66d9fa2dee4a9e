import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { type Location, location as locationEntity } from '../../shared/entities/location.ts';
import { useKeptFor } from '../people/use-kept-for.ts';
import type { Done } from '../records/done-note.tsx';
import { RecordBadges } from '../records/record-badges.tsx';
import { RecordForm } from '../records/record-form.tsx';
import { RemoveRecord } from '../records/remove-record.tsx';
import { MovementList } from '../stock/movement-list.tsx';
import { LabelsLink } from './place-labels.tsx';
import styles from './locations.module.css';

/** What a person may change of a location that is there. Its code is what is printed on the shelf. */
const EDITED = ['name', 'zone', 'capacity', 'blocked', 'note'];

interface LocationPanelProps {
  /** Undefined: the panel is closed. */
  location: LocationView | undefined;
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** One location: its fields to edit, what was moved in and out, and the way to remove it. */
export function LocationPanel({ location, onClose, onDone }: LocationPanelProps) {
  const { t } = useTranslation();
  const keptFor = useKeptFor('supervisor');
  return (
    <Drawer
      opened={location !== undefined}
      onClose={onClose}
      position="right"
      size="28rem"
      title={location?.code}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {location && (
        <div className={styles['panel']} key={location.id}>
          <LabelsLink places={[location]}>{t('labels.ofProduct')}</LabelsLink>
          <RecordBadges pending={location.pending} conflict={location.conflict} />
          {keptFor === null ? (
            <RecordForm
              entity={locationEntity}
              record={{ id: location.id, row: rowOf(location) }}
              columns={EDITED}
              onDone={onDone}
              onCancel={onClose}
            />
          ) : (
            <p className="quiet">{keptFor}</p>
          )}
          <section aria-labelledby="location-movements">
            <h2 id="location-movements">{t('stock.history.title')}</h2>
            <MovementList of={{ locationId: location.id }} />
          </section>
          {keptFor === null && (
            <RemoveRecord
              entity={locationEntity.name}
              id={location.id}
              name={location.code}
              onDone={onDone}
            />
          )}
        </div>
      )}
    </Drawer>
  );
}

function rowOf({ id, siteId, code, name, zone, capacity, blocked, note }: LocationView): Location {
  return { id, site_id: siteId, code, name, zone, capacity, blocked, note };
}
