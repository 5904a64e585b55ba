/** Whom a step tells. `channelKinds` null = every channel of that person. */
export type EscalationTarget =
  | Readonly<{ kind: 'channel'; channelId: string }>
  | Readonly<{ kind: 'account'; accountId: string; channelKinds: readonly string[] | null }>
  | Readonly<{ kind: 'schedule'; scheduleId: string; channelKinds: readonly string[] | null }>
  | Readonly<{ kind: 'everyone' }>;

/** `waitMs` counts from the step before; of the first step from the incident's opening. */
export type EscalationStep = Readonly<{ waitMs: number; targets: readonly EscalationTarget[] }>;

export type EscalationPolicy = Readonly<{
  steps: readonly EscalationStep[];
  /** How often the whole ladder runs again until somebody acknowledges. */
  repeatTimes: number;
  /** Wait after the last step before the ladder begins again. */
  repeatAfterMs: number;
  remindEveryMs: number | null;
}>;

/** The step that is due next, and when (epoch ms); `dueAt` null = the ladder has ended. */
export type EscalationState = Readonly<{ round: number; step: number; dueAt: number | null }>;

/** Without any policy everybody hears of everything at once. */
export const defaultPolicy: EscalationPolicy = {
  steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }],
  repeatTimes: 0,
  repeatAfterMs: 0,
  remindEveryMs: null,
};

/** The ladder of an incident that has just opened; nobody hears of it before `alertAfterMs` have passed. */
export const startEscalation = (
  { steps }: EscalationPolicy,
  openedAt: number,
  alertAfterMs: number,
): EscalationState => {
  const [first] = steps;
  return { round: 0, step: 0, dueAt: first === undefined ? null : openedAt + Math.max(alertAfterMs, first.waitMs) };
};

/** A round that begins again at once would be one burst of messages. */
const shortestRoundMs = 60_000;

/**
 * The ladder after its due step was told at `now`. Waits count from now: a worker that was away for hours tells one step
 * late and plans the next, instead of telling all it missed in one burst. A ladder that has ended stays so, and a step
 * told early (by hand, by a clock that lags) moves no later step forward.
 */
export const nextStep = (policy: EscalationPolicy, state: EscalationState, now: number): EscalationState => {
  const { round, step, dueAt } = state;
  if (dueAt === null) return state;
  const told = Math.max(now, dueAt);
  const next = policy.steps[step + 1];
  if (next !== undefined) return { round, step: step + 1, dueAt: told + next.waitMs };
  if (round >= policy.repeatTimes) return { round, step: step + 1, dueAt: null };
  const wait = policy.repeatAfterMs + (policy.steps[0]?.waitMs ?? 0);
  return { round: round + 1, step: 0, dueAt: told + Math.max(wait, shortestRoundMs) };
};

/** Nothing before `until`; a ladder that has ended stays so. */
export const snoozedUntil = (state: EscalationState, until: number): EscalationState =>
  state.dueAt === null ? state : { ...state, dueAt: Math.max(state.dueAt, until) };

/** Nobody has it any more: the ladder goes on where it stood, due `from` then. One that had come to its end begins again. */
export const resumedLadder = (
  { steps }: EscalationPolicy,
  { round, step }: EscalationState,
  from: number,
): EscalationState => {
  const ended = step >= steps.length;
  return { round: round + (ended ? 1 : 0), step: ended ? 0 : step, dueAt: from };
};

/** What is due of an incident: its ladder's next step, and the next reminder. */
export type Dues = Readonly<{ state: EscalationState; remindAt: number | null }>;

/**
 * Nothing before `until`; null takes that back. A snooze that is made shorter or taken back leaves no trace: the ladder
 * goes on as if the step before had just been told, or when it would have gone on anyway.
 */
export const snoozedDues = (
  policy: EscalationPolicy,
  { state, remindAt }: Dues,
  { until, now }: Readonly<{ until: number | null; now: number }>,
): Dues => {
  const waitMs = policy.steps[state.step]?.waitMs ?? 0;
  const dueAt = state.dueAt === null ? null : Math.min(state.dueAt, now + waitMs);
  const pushed = until ?? now;
  return {
    state: snoozedUntil({ ...state, dueAt }, pushed),
    remindAt: remindAt === null ? null : Math.max(Math.min(remindAt, now + (policy.remindEveryMs ?? 0)), pushed),
  };
};
