import { Button, CloseButton, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { LocationSelect } from '../stock/location-select.tsx';
import type { Place } from '../stock/movement-draft.ts';
import type { LabelItem, ProductItem, ProductTemplate } from './label-item.ts';
import { NumberField } from './number-field.tsx';
import type { LabelList as Labels, ListedLabel } from './use-label-list.ts';
import styles from './labels.module.css';

/** Rows at first; hundreds of fields at once would only slow the screen down. */
const SHOWN_FIRST = 40;
const COPIES_MAX = 500;

interface LabelListProps {
  list: Labels;
  template: ProductTemplate;
}

/** What gets a label: how many, with which barcode, and for an empty slot where it is. */
export function LabelList({ list, template }: LabelListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [showsAll, setShowsAll] = useState(false);
  const { labels } = list;
  const shown = showsAll ? labels : labels.slice(0, SHOWN_FIRST);
  const left = labels.length - shown.length;
  return (
    <>
      <ul className={styles['items']} aria-label={t('labels.list')}>
        {shown.map((label) => (
          <LabelRow key={label.item.id} label={label} template={template} list={list} />
        ))}
      </ul>
      {left > 0 && (
        <Button variant="default" onClick={() => setShowsAll(true)}>
          {t('labels.showAll', { count: left, formatted: formats.number(left) })}
        </Button>
      )}
    </>
  );
}

interface LabelRowProps {
  label: ListedLabel;
  template: ProductTemplate;
  list: Labels;
}

function LabelRow({ label: { item, copies }, template, list }: LabelRowProps) {
  const { t } = useTranslation();
  const name = item.kind === 'place' ? item.code : item.name;
  // Two sites may have places of the same code.
  const fullName = item.kind === 'place' ? `${item.code} (${item.siteCode})` : item.name;
  return (
    <li className={styles['item']}>
      <p className={styles['what']}>
        <strong>{name}</strong>
        <span className="quiet">{underName(item)}</span>
      </p>
      <NumberField
        className={styles['copies']}
        aria-label={t('labels.copiesOf', { name: fullName })}
        min={1}
        max={COPIES_MAX}
        clampBehavior="strict"
        allowDecimal={false}
        value={copies}
        onChange={(value) => list.change(item, value)}
      />
      <CloseButton
        size={44}
        aria-label={t('labels.remove', { name: fullName })}
        onClick={() => list.remove(item.id)}
      />
      {item.kind === 'product' && (item.packs.length > 1 || template === 'slot') && (
        <div className={styles['choices']}>
          {item.packs.length > 1 && (
            <PackSelect item={item} onChange={(changed) => list.change(changed, copies)} />
          )}
          {template === 'slot' && (
            <HomeSelect item={item} onChange={(changed) => list.change(changed, copies)} />
          )}
        </div>
      )}
    </li>
  );
}

function underName(item: LabelItem): string {
  if (item.kind === 'product') return item.sku;
  return [item.name, item.zone, item.siteCode].filter(Boolean).join(' · ');
}

interface ProductChoiceProps {
  item: ProductItem;
  onChange: (item: ProductItem) => void;
}

function PackSelect({ item, onChange }: ProductChoiceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { packs, pack, unit } = item;
  return (
    <Select
      label={t('labels.pack')}
      allowDeselect={false}
      data={packs.map(({ code, packQuantity }) => ({
        value: code,
        label: `${
          packQuantity === 1
            ? t('product.packs.single', { unit })
            : t('product.packs.pack', { formatted: formats.number(packQuantity), unit })
        } · ${code}`,
      }))}
      value={pack?.code ?? null}
      onChange={(chosen) =>
        onChange({ ...item, pack: packs.find(({ code }) => code === chosen) ?? pack })
      }
    />
  );
}

function HomeSelect({ item, onChange }: ProductChoiceProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Place | null>(null);
  return (
    <LocationSelect
      label={item.home ? t('labels.homeIs', { code: item.home.code }) : t('labels.home')}
      value={chosen}
      siteId={null}
      known={[]}
      unit={item.unit}
      error={item.home ? undefined : t('labels.homeMissing')}
      onChange={(place) => {
        setChosen(place);
        if (place)
          onChange({ ...item, home: { id: place.id, code: place.code, siteCode: place.siteCode } });
      }}
    />
  );
}
