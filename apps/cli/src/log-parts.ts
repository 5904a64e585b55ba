import type { CheckResultView } from '@farwatch/contracts';
import { type CheckResult, type Vote, voteOf, votesIn } from '@farwatch/domain';
import type { Api } from './api.ts';
import { iso, resultOf } from './plain.ts';

/** What is read: epoch ms. */
export type Read = Readonly<{ monitorId: string; from: number; to: number }>;
/** The looks of a stretch of the log: all that ended after the one before and by `to`. */
export type LogPart = Readonly<{ votes: readonly Vote[]; to: number }>;

/** So much of the log is in memory at a time; where nothing was looked at, steps grow up to the longest. */
const dayMs = 86_400_000;
const longestMs = 16 * dayMs;
/** A look ends after it was due, but for a clock that goes wrong. */
const clockMs = 600_000;

/** The log of a range from its beginning, a day at a time; of each look its vote is kept and nothing else. */
export async function* logParts(api: Api, { monitorId, from, to }: Read): AsyncGenerator<LogPart> {
  let later: readonly Vote[] = [];
  let length = dayMs;
  for (let at = from, next = from; at < to; at = next) {
    next = Math.min(at + length, to);
    const votes = [...later];
    const pairs: CheckResult[] = [];
    let rows = 0;
    const path = `/v1/monitors/${monitorId}/results?from=${iso(at)}&to=${iso(next)}`;
    for await (const view of api.rows<CheckResultView>(path)) {
      rows += 1;
      const result = resultOf(view);
      const vote = result.family === 'any' ? voteOf(result) : null;
      if (result.family !== 'any') pairs.push(result);
      if (vote !== null) votes.push(vote);
    }
    votes.push(...votesIn(pairs));
    const edge = next === to ? Number.POSITIVE_INFINITY : next - clockMs;
    yield { votes: votes.filter(({ endedAt }) => endedAt <= edge), to: edge };
    later = votes.filter(({ endedAt }) => endedAt > edge);
    length = rows === 0 ? Math.min(2 * length, longestMs) : dayMs;
  }
}
