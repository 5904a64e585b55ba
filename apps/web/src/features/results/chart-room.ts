import type { CSSProperties } from 'react';

export type ChartBy = 'region' | 'phase';

/** By region: bar, lines, strip and the table below; each region is a line of the legend. By phase: five lines, and the choice of a region. */
const lineHeight = 28;
const byRegionHeight = 412;
const byPhaseHeight = 618;

/** What the drawn chart takes without its heading, in px, so that nothing below it moves when it comes; wider than a phone. */
export const chartHeight = (regions: number, by: ChartBy): number =>
  by === 'phase' ? byPhaseHeight : byRegionHeight + lineHeight * regions;

/** The same for a style sheet, which knows how wide the page is. */
export const chartRoom = (regions: number, by: ChartBy) =>
  ({ '--chart-height': `${chartHeight(regions, by)}px` }) as CSSProperties; // a property of our own
