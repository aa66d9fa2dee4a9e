import { useTranslation } from 'react-i18next';
import type { PackSize } from '../../shared/desktop/tally-views.ts';
import { splitPacks } from '../../shared/domain/split-packs.ts';
import { useFormats } from '../i18n/use-formats.ts';

interface PackWords {
  /** `box of 12`. */
  pack: (size: PackSize) => string;
  /** `3 × box of 12 + 4 pcs`; null if it fills no pack. */
  split: (quantity: number, unit: string, sizes: readonly PackSize[]) => string | null;
}

/** Packs as people call them. */
export function usePackWords(): PackWords {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const pack = ({ quantity, unit }: PackSize): string => {
    const key = `goods.packUnit.${unit ?? 'pack'}`;
    const name = i18n.exists(key) ? t(key as 'goods.packUnit.pack') : unit;
    return t('goods.packOf', { name, formatted: formats.number(quantity) });
  };
  return {
    pack,
    split: (quantity, unit, sizes) => {
      const { packs, rest } = splitPacks(quantity, sizes);
      if (packs.length === 0) return null;
      const words = packs.map((one) => `${formats.number(one.count)} × ${pack(one)}`);
      if (rest > 0) words.push(`${formats.number(rest)} ${unit}`);
      return words.join(' + ');
    },
  };
}
