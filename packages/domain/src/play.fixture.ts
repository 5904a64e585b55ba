import type { CheckResult, Failure } from './check-result.ts';
import { fold, type History } from './fold.ts';
import { initialState, type MonitorState } from './monitor-state.ts';
import { defaultPolicySettings, type Policy, policyOf } from './policy.ts';
import { type Vote, votesIn } from './vote.ts';

/** For tests: turns words into results and folds them. */

export const policyFor = (regions: readonly string[], over: Partial<Policy> = {}): Policy => ({
  ...policyOf(defaultPolicySettings, { regions, intervalMs: 30_000, timeoutMs: 10_000 }),
  ...over,
});

const failures: Readonly<Record<string, Failure>> = {
  down: { kind: 'status', status: 502 },
  '504': { kind: 'status', status: 504 },
  timeout: { kind: 'timeout', afterMs: 10_000 },
};

/** `fra:down` is a 502, `fra:504`, `fra:timeout` (10 s), `fra:up`, `fra:degraded`, `fra:blind`, `fra:missed`. */
export const resultOf = (word: string, at: number): CheckResult => {
  const [region = '', verdict = ''] = word.split(':');
  const failure = failures[verdict];
  const outcome = (): CheckResult['outcome'] => {
    if (failure !== undefined) return { verdict: 'down', failure };
    if (verdict === 'degraded') return { verdict, reason: 'slow' };
    if (verdict === 'blind') return { verdict: 'inconclusive', reason: 'blind' };
    if (verdict === 'missed') return { verdict, reason: 'overload' };
    return { verdict: 'up' };
  };
  return {
    monitorId: 'm',
    region,
    family: 'any',
    trigger: 'schedule',
    scheduledAt: at,
    startedAt: at,
    totalMs: verdict === 'timeout' ? 10_000 : 10,
    outcome: outcome(),
    status: null,
    bytes: null,
    remoteAddress: null,
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, downloadMs: null },
  };
};

/** A line of words with moments, `0 fra:down` or `12.5 deadline`; seconds. Without a moment: `stepS` after the last. */
export const parse = (line: string, stepS: number): readonly (readonly [at: number, word: string])[] => {
  const steps: (readonly [number, string])[] = [];
  let at = -stepS;
  for (const token of line.trim().split(/\s*[,\n]\s*|\s+(?=[a-z])/)) {
    if (token === '') continue;
    const seconds = Number(token);
    at = Number.isNaN(seconds) ? at + stepS : seconds - stepS;
    if (Number.isNaN(seconds)) steps.push([at * 1_000, token]);
  }
  return steps;
};

/** The votes of a line, and its last moment: `deadline` is no look, only a moment until which to judge. */
export const votesOf = (line: string, stepS = 30): Readonly<{ votes: readonly Vote[]; until: number }> => {
  const steps = parse(line, stepS);
  const looks = steps.filter(([, word]) => word !== 'deadline').map(([at, word]) => resultOf(word, at));
  return { votes: votesIn(looks), until: Math.max(0, ...steps.map(([at]) => at)) };
};

/** Folds a line. */
export const play = (
  line: string,
  policy: Policy,
  { stepS = 30, from = initialState as MonitorState } = {},
): History => {
  const { votes, until } = votesOf(line, stepS);
  return fold(from, votes, policy, until);
};

/** `opened@0 resolved@60`, in seconds. */
export const story = ({ incidents }: Pick<History, 'incidents'>): string =>
  incidents
    .flatMap(({ startedAt, resolvedAt }) => [
      `opened@${startedAt / 1_000}`,
      ...(resolvedAt === null ? [] : [`resolved@${resolvedAt / 1_000}`]),
    ])
    .join(' ');
