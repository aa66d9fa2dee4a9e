/** Markup of a drawing. Attributes that are undefined are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? place(value) : escaped(value ?? '')}"`,
    )
    .join('');
  return children.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${children.join('')}</${name}>`;
}

export function text(
  content: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
): string {
  return element('text', attributes, [escaped(content)]);
}

function escaped(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A tenth of a pixel is finer than anybody sees, and keeps the file and its differences small. */
function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Colours are told apart by people who see few of them (Okabe and Ito), and shapes and dashes say the same again. */
const STYLE = `
  .paper { fill: #ffffff } .words { fill: #1f2328 } .quiet { fill: #59636e }
  .grid { stroke: #d1d9e0 } .one { stroke: #59636e }
  .a { --ink: #0072b2 } .b { --ink: #009e73 } .c { --ink: #d55e00 } .d { --ink: #6e7781 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .words { fill: #f0f6fc } .quiet { fill: #9198a1 }
    .grid { stroke: #3d444d } .one { stroke: #9198a1 }
    .a { --ink: #56b4e9 } .b { --ink: #2fd6a5 } .c { --ink: #f0913a } .d { --ink: #9198a1 }
  }
  .dot { fill: var(--ink) } .line { stroke: var(--ink); fill: none; stroke-width: 2 }
  .thin { stroke-width: 1.25 } .dashed { stroke-dasharray: 5 4 } .bar { stroke: var(--ink); stroke-width: 3 }
  text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif } .big { font-size: 14px; font-weight: 600 }
  .small { font-size: 11px } .code { font-family: ui-monospace, Menlo, Consolas, monospace }
`;

/** A drawing of its own: with what it says in words, for people who hear it. */
export function drawing(
  {
    width,
    height,
    title,
    description,
  }: { width: number; height: number; title: string; description: string },
  children: readonly string[],
): string {
  const words = [
    element('title', { id: 'title' }, [escaped(title)]),
    element('desc', { id: 'description' }, [escaped(description)]),
    element('style', {}, [STYLE]),
    element('rect', { class: 'paper', width, height, rx: 6 }),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
  };
  return `${element(
    'svg',
    root,
    [...words, ...children].map((child) => `\n${child}`),
  )}\n`;
}
