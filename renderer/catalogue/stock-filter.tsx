import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueFilter } from '../../shared/desktop/catalogue-views.ts';
import { useFilterChoice } from './session.tsx';
import styles from './catalogue.module.css';

const CHOICES: readonly CatalogueFilter['stock'][] = ['any', 'inStock', 'low', 'outOfStock'];

/** Plain radio buttons in the shape of a segmented control: arrow keys, forms and screen readers know them. */
export function StockFilter() {
  const { t } = useTranslation();
  const { filter, changeFilter } = useFilterChoice();
  const name = useId();
  return (
    <fieldset className={styles['choices']}>
      <legend>{t('catalogue.filter.stock')}</legend>
      {CHOICES.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={filter.stock === choice}
            onChange={() => changeFilter({ stock: choice })}
          />
          <span>{t(`catalogue.filter.${choice}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
