import type { CheckResult, Failure } from './check-result.ts';
import { type Advance, advance, type Effect, expire } from './incident.ts';
import { defaultStreaks, initialState, type MonitorState, type Policy } from './monitor-state.ts';

/** For tests: turns words into results and folds them. */

export const policyOf = (regions: readonly string[], over: Partial<Policy> = {}): Policy => ({
  ...defaultStreaks,
  regions,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  ...over,
});

const failures: Readonly<Record<string, Failure>> = {
  down: { kind: 'status', status: 502 },
  '504': { kind: 'status', status: 504 },
  timeout: { kind: 'timeout', afterMs: 10_000 },
};

/** `fra:down` is a 502, `fra:504`, `fra:timeout`, `fra:up`, `fra:degraded`, `fra:blind`, `fra:missed`. */
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
    totalMs: 10,
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

export type Played = Readonly<{ state: MonitorState; effects: readonly Effect[] }>;

/** Folds a line; `repeat` hands in every result twice and the whole past again after each. */
export const play = (line: string, policy: Policy, { stepS = 30, repeat = false } = {}): Played => {
  const past: CheckResult[] = [];
  let state = initialState;
  const effects: Effect[] = [];
  const take = ([next, more]: Advance): void => {
    state = next;
    effects.push(...more);
  };
  for (const [at, word] of parse(line, stepS)) {
    if (word === 'deadline') {
      take(expire(state, policy, at));
      continue;
    }
    const result = resultOf(word, at);
    take(advance(state, result, policy, at));
    past.push(result);
    if (repeat) for (const again of [result, ...past]) take(advance(state, again, policy, at));
  }
  return { state, effects };
};

/** Only what an incident did. */
export const changes = ({ effects }: Played): readonly Effect[] =>
  effects.filter(({ kind }) => kind === 'opened' || kind === 'resolved' || kind === 'moved');

/** `opened@0 resolved@60`, in seconds. */
export const story = (played: Played): string =>
  changes(played)
    .map((effect) => {
      if (effect.kind === 'resolved') return `resolved@${effect.resolvedAt / 1_000}`;
      return effect.kind === 'opened' || effect.kind === 'moved' ? `${effect.kind}@${effect.startedAt / 1_000}` : '';
    })
    .join(' ');
