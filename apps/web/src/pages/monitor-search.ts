import { verdicts } from '@farwatch/domain';
import { type LogFilter, type Range, ranges } from '../features/results/queries.ts';

/** A monitor page's view as it stands in the URL: plain words, lists with commas. */
export type MonitorSearch = Readonly<{
  range?: Range | undefined;
  verdict?: string | undefined;
  code?: string | undefined;
  region?: string | undefined;
  welcome?: string | undefined;
}>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const isRange = (value: unknown): value is Range => typeof value === 'string' && Object.hasOwn(ranges, value);

/** Whatever stands in the URL; what is not understood is left out. */
export const monitorSearch = (search: Record<string, unknown>): MonitorSearch => ({
  range: isRange(search.range) ? search.range : undefined,
  verdict: text(search.verdict),
  code: text(search.code),
  region: text(search.region),
  welcome: text(search.welcome),
});

const listOf = (value: string | undefined): readonly string[] => value?.split(',').filter((part) => part !== '') ?? [];
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

export const filterOf = ({ verdict, code, region }: MonitorSearch): LogFilter => {
  const words = listOf(verdict);
  return {
    verdict: some(verdicts.filter((each) => words.includes(each))),
    code: some(
      listOf(code)
        .map(Number)
        .filter((each) => Number.isInteger(each) && each >= 100 && each <= 999),
    ),
    region: some(listOf(region).filter((each) => /^[a-z][a-z0-9-]{0,31}$/u.test(each))),
  };
};

export const searchOf = ({ verdict, code, region }: LogFilter): Pick<MonitorSearch, 'verdict' | 'code' | 'region'> => ({
  verdict: verdict?.join(','),
  code: code?.join(','),
  region: region?.join(','),
});
