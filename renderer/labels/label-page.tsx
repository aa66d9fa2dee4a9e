import type { CSSProperties } from 'react';
import type { LabelBars, LabelDrawing, LabelText } from './compose-label.ts';
import type { LabelLayout, PlacedLabel } from './label-layout.ts';
import styles from './labels.module.css';

interface LabelPageProps {
  layout: LabelLayout;
  labels: readonly PlacedLabel<LabelDrawing>[];
  /** For the screen: where labels are on the sheet, the empty ones too. On paper the sheet itself shows it. */
  outlines?: readonly PlacedLabel<null>[] | undefined;
  /** What the picture is, for those who do not see it. */
  label?: string | undefined;
}

/** One page of labels in millimetres, as large on paper as it says. */
export function LabelPage({ layout, labels, outlines, label }: LabelPageProps) {
  const { paper, label: size } = layout;
  return (
    <svg
      className={styles['paper']}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      width={`${paper.width}mm`}
      height={`${paper.height}mm`}
      style={{ '--paper-aspect': paper.width / paper.height } as CSSProperties}
    >
      {outlines?.map(({ x, y }) => (
        <rect
          key={`${x} ${y}`}
          className={styles['outline']}
          x={x}
          y={y}
          width={size.width}
          height={size.height}
          rx={1}
        />
      ))}
      {labels.map(({ item, x, y }) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          {item.bars && <Bars bars={item.bars} />}
          {item.texts.map((text) => (
            <Text key={`${text.y} ${text.x}`} text={text} />
          ))}
        </g>
      ))}
    </svg>
  );
}

function Text({ text: { text, x, y, size, isBold, anchor } }: { text: LabelText }) {
  return (
    <text x={x} y={y} fontSize={size} fontWeight={isBold ? 680 : 430} textAnchor={anchor}>
      {text}
    </text>
  );
}

function Bars({ bars: { barcode, x, y, scaleX, scaleY } }: { bars: LabelBars }) {
  return (
    <path
      d={barcode.path}
      fillRule="evenodd"
      shapeRendering="crispEdges"
      transform={`translate(${x} ${y}) scale(${scaleX} ${scaleY})`}
    />
  );
}
