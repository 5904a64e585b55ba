import type { Listener } from './alert-order.ts';
import { type EscalationPolicy, type EscalationState, nextStep, startEscalation } from './escalation.ts';
import type { Occurrence } from './maintenance.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';
import { type OnCall, type Reachable, recipientsAt } from './recipients.ts';
import { nextReminderAt } from './reminders.ts';
import type { Severity } from './severity.ts';

/** An incident as it was; moments are epoch ms, null = it didn't come to that. */
export type PastIncident = Readonly<{
  id: string;
  severity: Severity;
  openedAt: number;
  resolvedAt: number | null;
  acknowledgedAt: number | null;
  alertAfterMs: number;
  /** So long after what it was part of a check of its own is waited for: domain's `settleMsOf`. */
  settleMs: number;
  /** What it was part of, and from when until when. */
  attachment: Readonly<{ because: 'parent' | 'shared-cause'; from: number; until: number | null }> | null;
}>;
export type PastChannel = Reachable & Readonly<{ listener: Listener; quiet: QuietHours | null }>;

/** The rules by which one incident is told. */
export type AlertRules = Readonly<{
  policy: EscalationPolicy;
  channels: readonly PastChannel[];
  onCall: OnCall;
  /** The planned work its monitor is in. */
  maintenance: readonly Occurrence[];
}>;

export type UntoldReason =
  | 'maintenance'
  | 'parent-down'
  | 'shared-cause'
  | 'quiet-hours'
  | 'acknowledged'
  | 'over-first'
  | 'nobody-reached';
export type AlertStory = Readonly<{
  /** The first message about it (epoch ms); null = nobody was told of it. */
  firstAt: number | null;
  /** Messages that said it is down, by channel. */
  alerts: ReadonlyMap<string, number>;
  /** All messages, with that somebody has it and that it is over. */
  messages: number;
  /** What put the first message off, or kept it from being sent. */
  because: UntoldReason | null;
}>;

type Event = 'opened' | 'escalated' | 'reminder' | 'acknowledged' | 'resolved';
type Planned = Readonly<{ channel: PastChannel; event: Event; at: number; dueAt: number }>;
type Hold = Readonly<{ reason: UntoldReason; until: number }>;

/** Of one incident no more turns of its ladder, and no more messages: what is beyond is no story that anybody reads. */
const mostTurns = 2_000;
const mostMessages = 2_000;

/** Plans messages of one incident. Channels often share their quiet hours, and steps their moments. */
const planner = ({ severity }: PastIncident) => {
  const known = new Map<QuietHours, Map<number, number | null>>();
  const quietAt = (quiet: QuietHours, at: number): number | null => {
    const ends = known.get(quiet) ?? new Map<number, number | null>();
    known.set(quiet, ends);
    const end = ends.has(at) ? (ends.get(at) ?? null) : quietUntil(quiet, severity, at);
    ends.set(at, end);
    return end;
  };
  return (channel: PastChannel, event: Event, at: number): Planned => {
    const until = channel.quiet === null ? null : quietAt(channel.quiet, at);
    return { channel, event, at, dueAt: until ?? at };
  };
};
type Plan = ReturnType<typeof planner>;

/** What keeps people from hearing at this moment; what shares its cause with another is told once. */
const holdAt = (
  { attachment, settleMs }: PastIncident,
  { maintenance }: AlertRules,
  told: boolean,
  at: number,
): Hold | null => {
  const running = maintenance.filter(({ from, until }) => from <= at && at < until).map(({ until }) => until);
  if (running.length > 0) return { reason: 'maintenance', until: Math.max(...running) };
  if (attachment === null || at < attachment.from) return null;
  const reason = attachment.because === 'parent' ? 'parent-down' : 'shared-cause';
  const until = attachment.until ?? Number.POSITIVE_INFINITY;
  if (at >= until) return at < until + settleMs ? { reason, until: until + settleMs } : null;
  return attachment.because === 'parent' || told ? { reason, until } : null;
};

/** The channels that a due step tells, and the ladder after it; a step that reaches nobody is passed at once. */
const climb = (rules: AlertRules, state: EscalationState, at: number, anyHeard: boolean) => {
  const { policy, channels, onCall } = rules;
  let now = state;
  while (now.dueAt !== null && now.dueAt <= at) {
    const { step, round } = now;
    const reached = recipientsAt(channels, policy.steps[step]?.targets ?? [], onCall, at);
    now = nextStep(policy, now, at);
    if (reached.length > 0) return { state: now, reached, first: step === 0 && round === 0 };
    const last = step >= policy.steps.length - 1;
    if (last && !anyHeard) return { state: now, reached: channels, first: true };
    if (now.dueAt !== null && !last) now = { ...now, dueAt: at };
  }
  return { state: now, reached: [], first: false };
};

type Course = Readonly<{ planned: readonly Planned[]; delayed: UntoldReason | null }>;

/** All that would have been planned of it while it was open. */
const courseOf = (incident: PastIncident, rules: AlertRules, plan: Plan, now: number): Course => {
  const end = incident.resolvedAt ?? now;
  const { openedAt, acknowledgedAt } = incident;
  const { remindEveryMs } = rules.policy;
  let state = startEscalation(rules.policy, openedAt, incident.alertAfterMs);
  let at = openedAt;
  const remind = (lastAt: number | null): number | null =>
    nextReminderAt({ openedAt: state.dueAt ?? openedAt, remindEveryMs, lastAt, now: at, snoozedUntil: null });
  let remindAt = remind(null);
  let delayed: UntoldReason | null = null;
  const planned: Planned[] = [];
  const heard = new Map<string, PastChannel>();
  for (let turn = 0; turn < mostTurns && planned.length < mostMessages; turn++) {
    at = Math.max(at, Math.min(state.dueAt ?? Number.POSITIVE_INFINITY, remindAt ?? Number.POSITIVE_INFINITY));
    if (at >= end) break;
    const hold = holdAt(incident, rules, heard.size > 0, at);
    if (hold !== null) {
      if (heard.size === 0) delayed = hold.reason;
      at = hold.until;
      continue;
    }
    if (acknowledgedAt !== null && acknowledgedAt <= at) {
      if (heard.size === 0 && state.dueAt !== null) delayed = 'acknowledged';
      state = { ...state, dueAt: null };
    }
    const told = climb(rules, state, at, heard.size > 0);
    state = told.state;
    for (const channel of told.reached) {
      if (!heard.has(channel.channelId)) planned.push(plan(channel, 'opened', at));
      else if (!told.first) planned.push(plan(channel, 'escalated', at));
      heard.set(channel.channelId, channel);
    }
    if (remindAt !== null && remindAt <= at) {
      for (const channel of heard.values()) planned.push(plan(channel, 'reminder', at));
      remindAt = remind(at);
    }
  }
  return { planned, delayed };
};

/** That somebody has it, and that it is over, for whoever was told before. */
const aftermathOf = (incident: PastIncident, opened: readonly Planned[], plan: Plan): readonly Planned[] => {
  const news = (event: 'acknowledged' | 'resolved', at: number | null): readonly Planned[] =>
    at === null
      ? []
      : opened
          .filter(({ channel, at: heardAt }) => channel.listener !== 'called' && heardAt <= at)
          .map(({ channel }) => plan(channel, event, at));
  return [...news('acknowledged', incident.acknowledgedAt), ...news('resolved', incident.resolvedAt)];
};

/** Whether it was still news when it was due: what alert-order and the planner drop is dropped here. */
const isSent = (incident: PastIncident, now: number) => {
  const { resolvedAt, acknowledgedAt } = incident;
  return ({ channel, event, at, dueAt }: Planned): boolean => {
    if (dueAt > now) return false;
    const over = resolvedAt !== null && dueAt >= resolvedAt;
    const taken = acknowledgedAt !== null && at < acknowledgedAt && dueAt >= acknowledgedAt;
    switch (event) {
      case 'resolved':
        return true;
      case 'opened':
        return channel.listener === 'program' || !(over || (taken && channel.listener === 'called'));
      case 'escalated':
        return !over && !taken;
      case 'reminder':
        return !over && !(taken && channel.listener === 'called');
      case 'acknowledged':
        return !over;
    }
  };
};

const reasonOf = ({ planned, delayed }: Course, sent: readonly Planned[], rules: AlertRules): UntoldReason | null => {
  const [first] = sent.toSorted((a, b) => a.dueAt - b.dueAt);
  if (first !== undefined) return delayed ?? (first.dueAt > first.at ? 'quiet-hours' : null);
  if (planned.length > 0) return 'quiet-hours';
  return delayed ?? (rules.channels.length === 0 ? 'nobody-reached' : 'over-first');
};

const alertEvents: readonly Event[] = ['opened', 'escalated', 'reminder'];

/**
 * What people would have been told of a past incident under some rules, by the rules that tell them of a present one.
 * What they did then (acknowledging) and what it was part of are taken as they were. Each message to each channel counts;
 * those that a storm, or a channel's pace, puts together into one are several here. Snoozes are not known any more, and a
 * child is held for the whole time that its own check may take after its parent is back.
 */
export const replayAlerts = (incident: PastIncident, rules: AlertRules, now: number): AlertStory => {
  const plan = planner(incident);
  const course = courseOf(incident, rules, plan, now);
  const opened = course.planned.filter(({ event }) => event === 'opened');
  const sent = [...course.planned, ...aftermathOf(incident, opened, plan)].filter(isSent(incident, now));
  const alerts = new Map<string, number>();
  for (const { channel, event } of sent)
    if (alertEvents.includes(event)) alerts.set(channel.channelId, (alerts.get(channel.channelId) ?? 0) + 1);
  return {
    firstAt: sent.reduce<number | null>((first, { dueAt }) => (first === null ? dueAt : Math.min(first, dueAt)), null),
    alerts,
    messages: sent.length,
    because: reasonOf(course, sent, rules),
  };
};
