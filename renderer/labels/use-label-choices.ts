import { useState } from 'react';
import { A4 } from '../../shared/desktop/printing.ts';
import type { ProductTemplate } from './label-item.ts';
import {
  LABEL_LAYOUTS,
  type LabelLayout,
  type LabelLayoutName,
  type LayoutProblem,
  layoutProblem,
} from './label-layout.ts';

export type LayoutChoice = LabelLayoutName | 'custom';

export interface LabelChoices {
  template: ProductTemplate;
  setTemplate: (template: ProductTemplate) => void;
  choice: LayoutChoice;
  setChoice: (choice: LayoutChoice) => void;
  /** What `choice` stands for. */
  layout: LabelLayout;
  setCustom: (layout: LabelLayout) => void;
  problem: LayoutProblem | null;
  /** Positions of the first sheet that are used up. */
  start: number;
  setStart: (start: number) => void;
}

const CUSTOM_FIRST: LabelLayout = {
  paper: A4,
  label: { width: 63.5, height: 38.1 },
  columns: 3,
  rows: 7,
  left: 7.2,
  top: 15.1,
  gapX: 2.5,
  gapY: 0,
};

/** Which label, on which paper, from where on it. */
export function useLabelChoices(): LabelChoices {
  const [template, setTemplate] = useState<ProductTemplate>('product');
  const [choice, setChoice] = useState<LayoutChoice>('a4-70x37');
  const [custom, setCustom] = useState(CUSTOM_FIRST);
  const [start, setStart] = useState(0);
  const layout = choice === 'custom' ? custom : LABEL_LAYOUTS[choice];
  return {
    template,
    setTemplate,
    choice,
    setChoice: (next) => {
      setChoice(next);
      setStart(0);
    },
    layout,
    setCustom,
    problem: layoutProblem(layout),
    start,
    setStart,
  };
}
