import type uPlot from 'uplot';

/** A stretch to be shaded; an open one runs to the right edge. */
export type Shade = Readonly<{ startedAt: string; resolvedAt: string | null }>;

const edges = (plot: uPlot, { startedAt, resolvedAt }: Shade): readonly [left: number, width: number] => {
  const { bbox } = plot;
  const x = (at: string): number => plot.valToPos(Date.parse(at) / 1_000, 'x', true);
  const left = Math.max(x(startedAt), bbox.left - 4);
  const right = resolvedAt === null ? bbox.left + bbox.width : Math.min(x(resolvedAt), bbox.left + bbox.width);
  return [left, right - left];
};

const clipped = (plot: uPlot, draw: (ctx: CanvasRenderingContext2D) => void): void => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
};

/** Incidents: a tint with an edge where they began. */
export const shadeIncidents = (plot: uPlot, shades: readonly Shade[], colour: string): void =>
  clipped(plot, (ctx) => {
    ctx.fillStyle = colour;
    for (const shade of shades) {
      const [left, width] = edges(plot, shade);
      if (width < -4) continue;
      ctx.globalAlpha = 0.13;
      ctx.fillRect(left, plot.bbox.top, Math.max(width, 2), plot.bbox.height);
      ctx.globalAlpha = 0.9;
      ctx.fillRect(left, plot.bbox.top, Math.max(2, devicePixelRatio * 1.5), plot.bbox.height);
    }
  });

/** Maintenance: hatched, so that it is told from an incident without its colour. */
export const hatchMaintenance = (plot: uPlot, shades: readonly Shade[], colour: string): void =>
  clipped(plot, (ctx) => {
    const { top, height } = plot.bbox;
    const gap = 8 * devicePixelRatio;
    ctx.strokeStyle = colour;
    ctx.globalAlpha = 0.4;
    ctx.lineWidth = devicePixelRatio;
    for (const shade of shades) {
      const [left, width] = edges(plot, shade);
      if (width <= 0) continue;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, Math.max(width, 2), height);
      ctx.clip();
      ctx.beginPath();
      for (let x = left - height; x < left + width; x += gap) {
        ctx.moveTo(x, top + height);
        ctx.lineTo(x + height, top);
      }
      ctx.stroke();
      ctx.restore();
    }
  });
