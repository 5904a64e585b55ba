import type uPlot from 'uplot';

/** A line in the chart with a few words on it. */
export type ChartMark = Readonly<{ at: string; text: string }>;

const longest = 22;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Dashed lines from top to bottom, each with its words where they don't run into the ones before. */
export const drawMarks = (plot: uPlot, marks: readonly ChartMark[], style: CSSStyleDeclaration): void => {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  const colour = style.getPropertyValue('--fw-calm');
  let free = bbox.left;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${11 * px}px ${style.fontFamily}`;
  ctx.textBaseline = 'top';
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = px * 1.5;
  ctx.setLineDash([4 * px, 3 * px]);
  for (const { at, text } of marks.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const x = Math.round(plot.valToPos(Date.parse(at) / 1_000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const words = shortened(text);
    const width = ctx.measureText(words).width;
    // Near the right edge the words stand before their line.
    const left = x + 5 * px + width > bbox.left + bbox.width ? x - 5 * px - width : x + 5 * px;
    if (left < free) continue;
    ctx.fillText(words, left, bbox.top + 3 * px);
    free = left + width + 8 * px;
  }
  ctx.restore();
};
