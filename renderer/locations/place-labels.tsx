import { Button, Select } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { compareText } from '../../shared/domain/compare-text.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { labelPlaceOf, type LabelRequest } from '../labels/label-item.ts';
import styles from './locations.module.css';

interface PlaceLabelsProps {
  /** Undefined until they are read. */
  locations: readonly LocationView[] | undefined;
  /** Null: nothing is being chosen. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string> | null) => void;
}

/** While locations are chosen for labels: all of them or those of a zone at once, and the way to print. */
export function PlaceLabels({ locations, chosen, onChoose }: PlaceLabelsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!locations || !chosen) return null;
  const zones = [...new Set(locations.map(({ zone }) => zone).filter((zone) => zone !== null))];
  const add = (more: readonly LocationView[]): void =>
    onChoose(new Set([...chosen, ...more.map(({ id }) => id)]));
  const places = locations.filter(({ id }) => chosen.has(id));
  return (
    <section className={styles['choosing']} aria-label={t('labels.choose')}>
      <Button variant="default" onClick={() => add(locations)}>
        {t('labels.chooseAll')}
      </Button>
      {zones.length > 0 && (
        <Select
          aria-label={t('labels.chooseZone')}
          placeholder={t('labels.chooseZone')}
          data={zones.toSorted(compareText)}
          value={null}
          onChange={(chosenZone) => add(locations.filter(({ zone }) => zone === chosenZone))}
        />
      )}
      <LabelsLink places={places}>
        {t('labels.ofPlaces', { count: places.length, formatted: formats.number(places.length) })}
      </LabelsLink>
      <Button variant="subtle" onClick={() => onChoose(null)}>
        {t('labels.stopChoosing')}
      </Button>
    </section>
  );
}

interface LabelsLinkProps {
  places: readonly LocationView[];
  children: string;
}

/** Leads to the labels of these places. */
export function LabelsLink({ places, children }: LabelsLinkProps) {
  const request: LabelRequest = {
    productIds: [],
    places: places.map(labelPlaceOf),
    template: 'product',
  };
  const icon = <IconTag aria-hidden size={20} />;
  if (places.length === 0) {
    return (
      <Button disabled leftSection={icon}>
        {children}
      </Button>
    );
  }
  return (
    <Button
      className={styles['labelsLink'] ?? ''}
      leftSection={icon}
      renderRoot={(props) => <Link {...props} href="/labels" state={request} />}
    >
      {children}
    </Button>
  );
}
