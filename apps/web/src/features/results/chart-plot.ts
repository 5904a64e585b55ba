import { TZDateMini } from '@date-fns/tz';
import type uPlot from 'uplot';
import { type ChartMark, drawMarks } from './chart-marks.ts';

/** A stretch to be shaded; an open one runs to the right edge. */
export type Shade = Readonly<{ startedAt: string; resolvedAt: string | null }>;
export type PlotSpec = Readonly<{
  regions: readonly string[];
  from: number;
  to: number;
  shades: readonly Shade[];
  marks: readonly ChartMark[];
  onCursor: (index: number | null) => void;
  /** The zone its times are told in. */
  zone: string;
}>;

const colours = 6;
/** The CSS variable of the n-th region's line. */
export const seriesColour = (index: number): string => `--fw-series-${(index % colours) + 1}`;

const dayMs = 86_400_000;
const axisSize = 48;

const shade = (plot: uPlot, shades: readonly Shade[], colour: string): void => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { startedAt, resolvedAt } of shades) {
    const left = plot.valToPos(Date.parse(startedAt) / 1_000, 'x', true);
    const right =
      resolvedAt === null ? bbox.left + bbox.width : plot.valToPos(Date.parse(resolvedAt) / 1_000, 'x', true);
    ctx.fillStyle = colour;
    ctx.globalAlpha = 0.13;
    ctx.fillRect(left, bbox.top, Math.max(right - left, 2), bbox.height);
    ctx.globalAlpha = 0.9;
    ctx.fillRect(left, bbox.top, Math.max(2, devicePixelRatio * 1.5), bbox.height);
  }
  ctx.restore();
};

const axes = (style: CSSStyleDeclaration, spec: PlotSpec): uPlot.Axis[] => {
  const look = {
    stroke: style.getPropertyValue('--fw-soft'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: style.getPropertyValue('--fw-line'), width: 1 },
    ticks: { show: false },
  };
  const long = spec.to - spec.from > 1.5 * dayMs;
  const told = new Intl.DateTimeFormat(undefined, {
    timeZone: spec.zone,
    ...(long ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' }),
  });
  return [
    {
      ...look,
      size: 30,
      space: 84,
      grid: { show: false },
      values: (_, splits) => splits.map((at) => told.format(at * 1_000)),
    },
    {
      ...look,
      size: axisSize,
      space: 44,
      values: (_, splits) => splits.map((ms) => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`)),
    },
  ];
};

/** How the chart is drawn in the theme that holds now. */
export const plotOptions = (host: HTMLElement, spec: PlotSpec, height: number): uPlot.Options => {
  const style = getComputedStyle(host);
  const bad = style.getPropertyValue('--fw-bad');
  return {
    width: host.clientWidth,
    height,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => new TZDateMini(seconds * 1_000, spec.zone),
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: [spec.from / 1_000, spec.to / 1_000] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.15 : 100] },
    },
    axes: axes(style, spec),
    series: [
      {},
      ...spec.regions.map((region, index) => ({
        label: region,
        stroke: style.getPropertyValue(seriesColour(index)),
        width: 1.75,
        points: {
          show: (plot: uPlot, _: number, from: number, to: number) => to - from < 40 || plot.width < 0,
          size: 5,
        },
      })),
    ],
    hooks: {
      drawClear: [(plot) => shade(plot, spec.shades, bad)],
      draw: [(plot) => drawMarks(plot, spec.marks, style)],
      setCursor: [(plot) => spec.onCursor(plot.cursor.idx ?? null)],
    },
  };
};
