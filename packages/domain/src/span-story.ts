import { failureCode } from './check-result.ts';
import type { FailureSpan } from './observe.ts';

/** One code as the whole incident saw it: from the first region's first look to the last region's last. */
export type CodeSpan = Readonly<{
  code: string;
  startedAt: number;
  /** The first other look after it; null while some region still sees it. */
  endedAt: number | null;
  regions: readonly string[];
}>;

const join = (spans: readonly FailureSpan[], code: string): readonly CodeSpan[] => {
  const joined: CodeSpan[] = [];
  for (const { region, startedAt, endedAt } of spans) {
    const last = joined.at(-1);
    if (last === undefined || (last.endedAt !== null && startedAt > last.endedAt)) {
      joined.push({ code, startedAt, endedAt, regions: [region] });
      continue;
    }
    const regions = last.regions.includes(region) ? last.regions : [...last.regions, region];
    const end = last.endedAt === null || endedAt === null ? null : Math.max(last.endedAt, endedAt);
    joined[joined.length - 1] = { ...last, endedAt: end, regions };
  }
  return joined;
};

/** The spans of all regions put together by code, in the order in which they began. */
export const codesOf = (spans: readonly FailureSpan[]): readonly CodeSpan[] => {
  const inTime = spans.toSorted((a, b) => a.startedAt - b.startedAt || (a.region < b.region ? -1 : 1));
  const byCode = Map.groupBy(inTime, ({ failure }) => failureCode(failure));
  return [...byCode].flatMap(([code, own]) => join(own, code)).toSorted((a, b) => a.startedAt - b.startedAt);
};
