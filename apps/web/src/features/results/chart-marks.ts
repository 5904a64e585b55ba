import type { ComponentType } from 'react';
import type uPlot from 'uplot';

/** A line in the chart with a few words on it; `word` and `Icon` say what kind of mark it is. */
export type ChartMark = Readonly<{
  at: string;
  text: string;
  kind: string;
  word: string;
  Icon: ComponentType<Readonly<{ size: number; 'aria-hidden': true }>>;
}>;

/** Of these marks those near a moment (epoch ms), in a stretch of so many milliseconds. */
export const marksNear = (marks: readonly ChartMark[], at: number, stretchMs: number): readonly ChartMark[] =>
  marks.filter((mark) => Math.abs(Date.parse(mark.at) - at) <= stretchMs / 80);

/** What looks saw by themselves has no words of its own that would fit. */
const wordsOn = ({ kind, word, text }: ChartMark): string => (kind === 'certificate' ? word : text);

/** A padlock, so that it is told from what people marked without its colour. */
const drawLock = (ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void => {
  ctx.save();
  ctx.setLineDash([]);
  ctx.fillRect(x, y + size * 0.42, size, size * 0.58);
  ctx.beginPath();
  ctx.arc(x + size / 2, y + size * 0.42, size * 0.3, Math.PI, 0);
  ctx.stroke();
  ctx.restore();
};

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
  ctx.textAlign = 'left'; // the axes leave theirs
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = px * 1.5;
  ctx.setLineDash([4 * px, 3 * px]);
  for (const mark of marks.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const x = Math.round(plot.valToPos(Date.parse(mark.at) / 1_000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const words = shortened(wordsOn(mark));
    const lock = mark.kind === 'certificate' ? 9 * px : 0;
    const gap = lock === 0 ? 0 : 4 * px;
    const width = ctx.measureText(words).width + lock + gap;
    // Near the right edge the words stand before their line.
    const left = x + 5 * px + width > bbox.left + bbox.width ? x - 5 * px - width : x + 5 * px;
    if (left < free) continue;
    if (lock > 0) drawLock(ctx, left, bbox.top + 3 * px, lock);
    ctx.fillText(words, left + lock + gap, bbox.top + 3 * px);
    free = left + width + 8 * px;
  }
  ctx.restore();
};
