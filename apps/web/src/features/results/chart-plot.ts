import { TZDateMini } from '@date-fns/tz';
import type uPlot from 'uplot';
import { hourCycleOptions } from '../../ui/hour-cycle.ts';
import type { LineKind } from './chart-data.ts';
import { type ChartMark, drawMarks } from './chart-marks.ts';
import { hatchMaintenance, type Shade, shadeIncidents } from './chart-shades.ts';
import { brushByTouch } from './chart-touch.ts';
import type { Span } from './chart-zoom.ts';

export type Cursor = Readonly<{ index: number; left: number }> | null;
/** A line, or the upper edge of a band that reaches down to the next one, the last to nought. `colour`: a CSS variable. */
export type PlotLine = Readonly<{ label: string; colour: string; look: LineKind | 'band'; broken?: boolean }>;
export type PlotSpec = Span &
  Readonly<{
    lines: readonly PlotLine[];
    /** So many points that wide lines would run into each other, and cost most of the drawing. */
    dense: boolean;
    shades: readonly Shade[];
    maintenance: readonly Shade[];
    marks: readonly ChartMark[];
    onCursor: (cursor: Cursor) => void;
    /** A stretch was dragged over. */
    onZoom: (span: Span) => void;
    /** The zone its times are told in. */
    zone: string;
  }>;

const colours = 8;
/** The CSS variable of the n-th region's line. */
export const seriesColour = (index: number): string => `--fw-series-${(index % colours) + 1}`;
/** More regions than colours: their lines are broken. */
export const isBroken = (index: number): boolean => index >= colours;

const dayMs = 86_400_000;
const axisSize = 48;
/** A shorter drag was a click. */
const leastDrag = 6;
/** As much as still lets the grid and what is hatched be seen. */
const bandAlpha = 'b3';

const axes = (style: CSSStyleDeclaration, spec: Pick<PlotSpec, 'from' | 'to' | 'zone'>): uPlot.Axis[] => {
  const look = {
    stroke: style.getPropertyValue('--fw-soft'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: style.getPropertyValue('--fw-line'), width: 1 },
    ticks: { show: false },
  };
  const length = spec.to - spec.from;
  const told = new Intl.DateTimeFormat(undefined, {
    timeZone: spec.zone,
    ...hourCycleOptions(),
    ...(length > 1.5 * dayMs ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' }),
    ...(length < 600_000 ? { second: '2-digit' } : {}),
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

const seriesOf = (style: CSSStyleDeclaration, { lines, dense }: PlotSpec): uPlot.Series[] =>
  lines.map(({ label, look, colour, broken = false }, index) => {
    const stroke = style.getPropertyValue(colour).trim();
    const thin = look !== 'mean';
    const lowest = look === 'band' && lines[index + 1]?.look !== 'band';
    return {
      label,
      stroke: look === 'slowest' ? `${stroke}59` : stroke,
      width: dense ? 1 / devicePixelRatio : thin ? 1 : 1.75,
      ...(look === 'before' ? { dash: [5, 4] } : broken ? { dash: [12, 3] } : {}),
      ...(lowest ? { fill: `${stroke}${bandAlpha}`, fillTo: 0 } : {}),
      points: {
        // A band of one moment has no width.
        show: (plot: uPlot, _: number, from: number, to: number) =>
          look === 'band' ? to - from < 1 : !thin && (to - from < 40 || plot.width < 0),
        size: 5,
      },
    };
  });

/** Each band is filled down to the one below it. */
const bandsOf = (style: CSSStyleDeclaration, { lines }: PlotSpec): uPlot.Band[] =>
  lines.flatMap(({ look, colour }, index) =>
    look === 'band' && lines[index + 1]?.look === 'band'
      ? [{ series: [index + 1, index + 2], fill: `${style.getPropertyValue(colour).trim()}${bandAlpha}` }]
      : [],
  );

/** Takes a drag as a stretch of time and puts its rectangle away. */
const dragged = (plot: uPlot, onZoom: PlotSpec['onZoom']): void => {
  const { left, width } = plot.select;
  if (width < leastDrag) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom({ from: plot.posToVal(left, 'x') * 1_000, to: plot.posToVal(left + width, 'x') * 1_000 });
};

/** How the chart is drawn in the theme that holds now. */
export const plotOptions = (host: HTMLElement, spec: PlotSpec, height: number): uPlot.Options => {
  const style = getComputedStyle(host);
  const colour = (name: string): string => style.getPropertyValue(name);
  return {
    width: host.clientWidth,
    height,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => new TZDateMini(seconds * 1_000, spec.zone),
    cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false, setScale: false } },
    scales: {
      x: { time: true, range: [spec.from / 1_000, spec.to / 1_000] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.15 : 100] },
    },
    axes: axes(style, spec),
    series: [{}, ...seriesOf(style, spec)],
    bands: bandsOf(style, spec),
    hooks: {
      ready: [brushByTouch],
      drawClear: [
        (plot) => hatchMaintenance(plot, spec.maintenance, colour('--fw-calm')),
        (plot) => shadeIncidents(plot, spec.shades, colour('--fw-bad')),
      ],
      draw: [(plot) => drawMarks(plot, spec.marks, style)],
      setCursor: [
        ({ cursor: { idx, left } }) =>
          spec.onCursor(typeof idx === 'number' && left !== undefined && left >= 0 ? { index: idx, left } : null),
      ],
      setSelect: [(plot) => dragged(plot, spec.onZoom)],
    },
  };
};

/** The strip below: all of the range, with what is looked at marked on it. */
export const stripOptions = (
  host: HTMLElement,
  whole: Span,
  onZoom: PlotSpec['onZoom'],
  height: number,
): uPlot.Options => {
  const style = getComputedStyle(host);
  return {
    width: host.clientWidth,
    height,
    padding: [4, 22, 4, axisSize],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: {
      x: { time: true, range: [whole.from / 1_000, whole.to / 1_000] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 100] },
    },
    axes: [{ show: false }, { show: false }],
    series: [{}, { stroke: style.getPropertyValue('--fw-soft'), width: 1, points: { show: false } }],
    hooks: {
      ready: [brushByTouch],
      setSelect: [
        ({ select: { left, width }, posToVal }) => {
          if (width >= leastDrag)
            onZoom({ from: posToVal(left, 'x') * 1_000, to: posToVal(left + width, 'x') * 1_000 });
        },
      ],
    },
  };
};
