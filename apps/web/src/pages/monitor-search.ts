import { type CheckTrigger, type Failure, verdicts } from '@farwatch/domain';
import { type LogFilter, type LogView, type Range, ranges } from '../features/results/queries.ts';

export const monitorTabs = ['log', 'incidents', 'changes', 'marks'] as const;
export type MonitorTab = (typeof monitorTabs)[number];

/** A monitor page's view as it stands in the URL: plain words, lists with commas. */
export type MonitorSearch = Readonly<{
  /** What stands below the chart; the log where nothing is said. */
  tab?: MonitorTab | undefined;
  range?: Range | undefined;
  /** Whether the chart tells phases apart instead of regions, and of which region alone. */
  chart?: 'phase' | undefined;
  chartRegion?: string | undefined;
  /** What the chart is zoomed to, and whether it is compared with the week before. */
  chartFrom?: string | undefined;
  chartTo?: string | undefined;
  compare?: 'week' | undefined;
  verdict?: string | undefined;
  code?: string | undefined;
  region?: string | undefined;
  failure?: string | undefined;
  trigger?: string | undefined;
  /** Moments: the log from, until, opened at. */
  from?: string | undefined;
  to?: string | undefined;
  at?: string | undefined;
  /** The look that is open. */
  look?: string | undefined;
  welcome?: string | undefined;
}>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const moment = (value: unknown): string | undefined => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};
const lookId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{1,16}-[a-z][a-z0-9-]{0,31}-(?:any|ipv4|ipv6)$/u.test(value) ? value : undefined;
const regionPattern = /^[a-z][a-z0-9-]{0,31}$/u;
const regionId = (value: unknown): string | undefined =>
  typeof value === 'string' && regionPattern.test(value) ? value : undefined;
const isRange = (value: unknown): value is Range => typeof value === 'string' && Object.hasOwn(ranges, value);

/** Whatever stands in the URL; what is not understood is left out. */
export const monitorSearch = (search: Record<string, unknown>): MonitorSearch => ({
  tab: monitorTabs.find((tab) => tab === search.tab),
  range: isRange(search.range) ? search.range : undefined,
  chart: search.chart === 'phase' ? 'phase' : undefined,
  chartRegion: regionId(search.chartRegion),
  chartFrom: moment(search.chartFrom),
  chartTo: moment(search.chartTo),
  compare: search.compare === 'week' ? 'week' : undefined,
  verdict: text(search.verdict),
  code: text(search.code),
  region: text(search.region),
  failure: text(search.failure),
  trigger: text(search.trigger),
  from: moment(search.from),
  to: moment(search.to),
  at: moment(search.at),
  look: lookId(search.look),
  welcome: text(search.welcome),
});

const listOf = (value: string | undefined): readonly string[] => value?.split(',').filter((part) => part !== '') ?? [];
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

const triggers = ['schedule', 'confirmation', 'request'] as const satisfies readonly CheckTrigger[];
const failures = ['network', 'timeout', 'status', 'assertion'] as const satisfies readonly Failure['kind'][];
const among = <T extends string>(all: readonly T[], words: string | undefined): readonly T[] | undefined => {
  const wanted = listOf(words);
  return some(all.filter((each) => wanted.includes(each)));
};

const filterOf = ({ verdict, code, region, failure, trigger, from, to }: MonitorSearch): LogFilter => ({
  verdict: among(verdicts, verdict),
  code: some(
    listOf(code)
      .map(Number)
      .filter((each) => Number.isInteger(each) && each >= 100 && each <= 999),
  ),
  region: some(listOf(region).filter((each) => regionPattern.test(each))),
  failure: among(failures, failure),
  trigger: among(triggers, trigger),
  from,
  to: from !== undefined && to !== undefined && to < from ? undefined : to,
});

/** What the chart is zoomed to, as the URL has it; null for all of its range. */
export const zoomOf = ({ chartFrom, chartTo }: MonitorSearch): Readonly<{ from: number; to: number }> | null => {
  const [from, to] = [Date.parse(chartFrom ?? ''), Date.parse(chartTo ?? '')];
  return from < to ? { from, to } : null;
};

/** The response log as the URL has it. */
export const logViewOf = (search: MonitorSearch): LogView => ({
  filter: filterOf(search),
  at: search.at,
  look: search.look,
});

type LogSearch = Pick<
  MonitorSearch,
  'verdict' | 'code' | 'region' | 'failure' | 'trigger' | 'from' | 'to' | 'at' | 'look'
>;
export const searchOf = ({ filter, at, look }: LogView): LogSearch => ({
  verdict: filter.verdict?.join(','),
  code: filter.code?.join(','),
  region: filter.region?.join(','),
  failure: filter.failure?.join(','),
  trigger: filter.trigger?.join(','),
  from: filter.from,
  to: filter.to,
  at,
  look,
});
