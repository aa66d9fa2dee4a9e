import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { LABEL_LAYOUTS, type LabelLayout } from './label-layout.ts';
import { NumberField } from './number-field.tsx';
import type { LabelChoices, LayoutChoice } from './use-label-choices.ts';
import styles from './labels.module.css';

interface LayoutFieldsProps {
  choices: LabelChoices;
  /** Labels of places look the same in both ways. */
  hasProducts: boolean;
}

/** Which label, on which paper, from where on it. */
export function LayoutFields({ choices, hasProducts }: LayoutFieldsProps) {
  const { t } = useTranslation();
  const { layout, choice, problem, start } = choices;
  const perPage = layout.columns * layout.rows;
  return (
    <div className={styles['fields']}>
      {hasProducts && (
        <SegmentedControl
          className={styles['kind'] ?? ''}
          aria-label={t('labels.template')}
          fullWidth
          data={[
            { value: 'product', label: t('labels.templates.product') },
            { value: 'slot', label: t('labels.templates.slot') },
          ]}
          value={choices.template}
          onChange={(value) => choices.setTemplate(value)}
        />
      )}
      <LayoutSelect choices={choices} />
      {choice === 'custom' && <CustomFields layout={layout} onChange={choices.setCustom} />}
      {problem !== null && (
        <p role="alert" className={styles['problem']}>
          {t(`labels.problem.${problem}`)}
        </p>
      )}
      {perPage > 1 && problem === null && (
        <NumberField
          label={t('labels.start')}
          description={t('labels.startHint')}
          min={1}
          max={perPage}
          clampBehavior="strict"
          allowDecimal={false}
          value={start + 1}
          onChange={(value) => choices.setStart(value - 1)}
        />
      )}
    </div>
  );
}

function LayoutSelect({ choices: { choice, setChoice } }: { choices: LabelChoices }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const named = Object.entries<LabelLayout>(LABEL_LAYOUTS);
  const options = named.map(([value, { label, columns, rows }]) => {
    const size = `${number(label.width)} × ${number(label.height)} mm`;
    const grid = `${number(columns)} × ${number(rows)}`;
    return { value, label: columns * rows === 1 ? size : t('labels.sheetOf', { size, grid }) };
  });
  const of = (start: string) => options.filter(({ value }) => value.startsWith(start));
  return (
    <Select
      label={t('labels.layout')}
      allowDeselect={false}
      maxDropdownHeight={360}
      data={[
        { group: t('labels.roll'), items: of('roll-') },
        { group: 'A4', items: of('a4-') },
        { group: 'Letter', items: of('letter-') },
        { group: t('labels.own'), items: [{ value: 'custom', label: t('labels.custom') }] },
      ]}
      value={choice}
      onChange={(value) => setChoice(value as LayoutChoice)}
    />
  );
}

const SIZES = [
  ['paperWidth', (layout: LabelLayout) => layout.paper.width],
  ['paperHeight', (layout: LabelLayout) => layout.paper.height],
  ['labelWidth', (layout: LabelLayout) => layout.label.width],
  ['labelHeight', (layout: LabelLayout) => layout.label.height],
  ['columns', (layout: LabelLayout) => layout.columns],
  ['rows', (layout: LabelLayout) => layout.rows],
  ['left', (layout: LabelLayout) => layout.left],
  ['top', (layout: LabelLayout) => layout.top],
  ['gapX', (layout: LabelLayout) => layout.gapX],
  ['gapY', (layout: LabelLayout) => layout.gapY],
] as const;
type SizeName = (typeof SIZES)[number][0];

function withSize(layout: LabelLayout, name: SizeName, value: number): LabelLayout {
  if (name === 'paperWidth') return { ...layout, paper: { ...layout.paper, width: value } };
  if (name === 'paperHeight') return { ...layout, paper: { ...layout.paper, height: value } };
  if (name === 'labelWidth') return { ...layout, label: { ...layout.label, width: value } };
  if (name === 'labelHeight') return { ...layout, label: { ...layout.label, height: value } };
  return { ...layout, [name]: value };
}

interface CustomFieldsProps {
  layout: LabelLayout;
  onChange: (layout: LabelLayout) => void;
}

/** Any sheet there is, as its maker's drawing gives it. */
function CustomFields({ layout, onChange }: CustomFieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles['sizes']}>
      <legend>{t('labels.sizes')}</legend>
      {SIZES.map(([name, sizeOf]) => {
        const isCount = name === 'columns' || name === 'rows';
        return (
          <NumberField
            key={name}
            label={t(`labels.size.${name}`)}
            suffix={isCount ? '' : ' mm'}
            min={0}
            decimalScale={isCount ? 0 : 1}
            hideControls
            value={sizeOf(layout)}
            onChange={(value) => onChange(withSize(layout, name, value))}
          />
        );
      })}
    </fieldset>
  );
}
