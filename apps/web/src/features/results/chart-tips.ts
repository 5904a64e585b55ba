import { millisText } from '../../ui/duration.tsx';
import { type ChartColumns, type ChartLine, type LineKind, lineWords } from './chart-data.ts';

/** What is told of one line, or of a region's lines together: a cell for each head. */
export type TipRow = Readonly<{ label: string; colour?: string; cells: readonly string[] }>;
export type Tips = Readonly<{ heads: readonly string[]; rows: readonly TipRow[] }>;

type Line = Pick<ChartLine, 'region' | 'kind'> & Readonly<{ colour: string }>;
const kinds: readonly LineKind[] = ['mean', 'slowest', 'before'];

/** The values at one moment: a row for each region that is drawn, a column for each kind of line that there is. */
export const regionTips = (
  lines: readonly Line[],
  columns: ChartColumns,
  shown: readonly boolean[],
  index: number,
): Tips => {
  const drawn = lines.flatMap((line, at) => {
    const ms = columns[at + 1]?.[index];
    return shown[at] === true && typeof ms === 'number' ? [{ ...line, ms }] : [];
  });
  const there = kinds.filter((kind) => lines.some((line) => line.kind === kind));
  const byRegion = Map.groupBy(drawn, ({ region }) => region);
  const rows = [...byRegion].map(([label, own]): TipRow => {
    const cells = there.map((kind) => own.find((line) => line.kind === kind)?.ms);
    return {
      ...{ label, cells: cells.map((ms) => (ms === undefined ? '–' : millisText(ms))) },
      ...(own[0] === undefined ? {} : { colour: own[0].colour }),
    };
  });
  return { heads: there.length > 1 ? there.map(lineWords) : [], rows };
};
