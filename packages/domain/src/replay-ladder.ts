import { hearsOnlyTrouble, isStale } from './alert-order.ts';
import { nextStep, resumedLadder, snoozedDues, startEscalation } from './escalation.ts';
import type { PastDeed } from './past-incident.ts';
import { gatherMs } from './quiet-hours.ts';
import { recipientsAt } from './recipients.ts';
import { nextReminderAt } from './reminders.ts';
import type { ChannelQueue } from './replay-channel.ts';
import { ancestorsAt, attachTo, isTold, type LadderRun, mayTell, sharesAt } from './replay-run.ts';
import { downAncestor, shortlyBeforeMs } from './silence.ts';

/** Of one incident no more turns of its ladder, and no more news: what is beyond isn't counted. */
const mostTurns = 2_000;
const mostNews = 2_000;

const never = Number.POSITIVE_INFINITY;

const tell = (run: LadderRun, queue: ChannelQueue, event: string, at: number, gathered: number | null = null): void => {
  run.news++;
  if (event !== 'incident.opened') run.hasLater = true;
  run.around.plan(queue, { incident: run.incident, event, at, gathered });
};

const drop = ({ incident, heard, hasLater }: LadderRun, by: 'over' | 'taken'): void => {
  if (by === 'over' && !hasLater) return; // an opening is no news that this makes stale
  for (const { channel, take } of heard)
    take((one) => one.incident === incident && isStale(one.event, channel.listener, by));
};

/** That somebody has it, or that it is over, for whoever was to hear that it opened. */
const tellAfterwards = (run: LadderRun, event: string, at: number): void => {
  for (const queue of run.heard) if (!hearsOnlyTrouble(queue.channel.listener)) tell(run, queue, event, at);
};

const tellStep = (run: LadderRun, reached: readonly ChannelQueue[], isFirst: boolean, now: number): void => {
  const { attachment, incident, heard } = run;
  const shares = attachment !== null && attachment.because !== 'parent' && attachment.endedAt === null;
  const since = shares && sharesAt(run, now) ? incident.share?.openedAt : undefined;
  for (const queue of reached) {
    if (!heard.has(queue)) tell(run, queue, 'incident.opened', now, since === undefined ? null : since + gatherMs);
    else if (!isFirst) tell(run, queue, 'incident.escalated', now);
    heard.add(queue);
  }
};

const reachedBy = ({ around: { rules, queues } }: LadderRun, step: number, now: number): readonly ChannelQueue[] => {
  const channels = queues.map(({ channel }) => channel);
  const found = new Set(recipientsAt(channels, rules.policy.steps[step]?.targets ?? [], rules.onCall, now));
  return queues.filter(({ channel }) => found.has(channel));
};

/** A step that reaches nobody is passed at once; when the whole round does, everyone is told. */
const climb = (run: LadderRun, now: number): void => {
  const { policy } = run.around.rules;
  for (let { state } = run.dues; state.dueAt !== null && state.dueAt <= now; state = run.dues.state) {
    const { round, step } = state;
    const reached = reachedBy(run, step, now);
    const next = nextStep(policy, state, now);
    run.dues = { ...run.dues, state: next };
    const last = step >= policy.steps.length - 1;
    const isNobody = reached.length === 0 && last && run.heard.size === 0;
    if (reached.length > 0 || isNobody) {
      tellStep(run, isNobody ? run.around.queues : reached, isNobody || (round === 0 && step === 0), now);
      return;
    }
    if (next.dueAt !== null && !last) run.dues = { ...run.dues, state: { ...next, dueAt: now } };
  }
};

const remindAfter = ({ around, snoozedUntil }: LadderRun, openedAt: number, lastAt: number | null, now: number) =>
  nextReminderAt({ openedAt, remindEveryMs: around.rules.policy.remindEveryMs, lastAt, now, snoozedUntil });

const remind = (run: LadderRun, now: number): void => {
  if (run.dues.remindAt === null || run.dues.remindAt > now) return;
  for (const queue of run.heard) tell(run, queue, 'incident.reminder', now);
  run.dues = { ...run.dues, remindAt: remindAfter(run, run.incident.openedAt, now, now) };
};

const stopSteps = (run: LadderRun): void => {
  run.dues = { ...run.dues, state: { ...run.dues.state, dueAt: null } };
};
const stop = (run: LadderRun): void => {
  stopSteps(run);
  run.dues = { ...run.dues, remindAt: null };
};

/** When something is due of it next; null = nothing. */
export const nextAt = ({ isOpen, dues, held }: LadderRun): number | null => {
  const at = Math.max(Math.min(dues.state.dueAt ?? never, dues.remindAt ?? never), held?.until ?? 0);
  return isOpen && Number.isFinite(at) ? at : null;
};

/** It is asked again whether it may be told, if it waits. */
export const wake = (run: LadderRun, now: number): void => {
  if (run.held !== null) run.held = { ...run.held, until: Math.min(run.held.until, now) };
};

/** It opens: it is part of another one where it is, and what is due of it at once is told. */
export const open = (run: LadderRun, now: number): void => {
  const { incident, around } = run;
  const { openedAt, alertAfterMs, share } = incident;
  run.isOpen = true;
  const above = downAncestor(ancestorsAt(run, now))?.incidentId ?? null;
  if (above !== null) attachTo(run, above, 'parent');
  else if (share !== null && sharesAt(run, now)) attachTo(run, share.incidentId, share.because);
  const state = startEscalation(around.rules.policy, openedAt, alertAfterMs);
  run.dues = { state, remindAt: remindAfter(run, state.dueAt ?? now, null, now) };
  if (mayTell(run, now)) climb(run, now);
};

/** Does what is due. */
export const advance = (run: LadderRun, now: number): void => {
  run.turns++;
  if (run.turns > mostTurns || run.news >= mostNews) {
    run.isCut = true;
    stop(run);
    return;
  }
  if (!mayTell(run, now)) return;
  if (run.acknowledged) stopSteps(run);
  else climb(run, now);
  remind(run, now);
};

/** Somebody did something about it. */
export const perform = (run: LadderRun, deed: PastDeed): void => {
  if (!run.isOpen) return;
  const { at } = deed;
  const { policy } = run.around.rules;
  const { dueAt } = run.dues.state;
  const isFirst = run.heard.size === 0 && dueAt !== null;
  if (deed.kind === 'unacknowledged') {
    run.acknowledged = false;
    const from = Math.max(at, run.snoozedUntil ?? 0);
    run.dues = { ...run.dues, state: resumedLadder(policy, run.dues.state, from) };
  } else if (deed.kind === 'snoozed') {
    run.snoozedUntil = deed.until;
    run.dues = snoozedDues(policy, run.dues, { until: deed.until, now: at });
    if (isFirst && (run.dues.state.dueAt ?? 0) > dueAt) run.delayed = 'snoozed';
    if (deed.until !== null && deed.until > at) drop(run, 'taken');
  } else {
    run.acknowledged = true;
    if (isFirst) run.delayed = 'acknowledged';
    stopSteps(run);
    drop(run, 'taken');
    tellAfterwards(run, 'incident.acknowledged', at);
  }
};

/** Takes back what nobody has been told yet: its ladder begins again. */
const unplan = (run: LadderRun, now: number): void => {
  for (const queue of run.heard) {
    const taken = queue.take((one) => one.incident === run.incident && one.event === 'incident.opened');
    if (taken.length > 0) run.heard.delete(queue);
  }
  if (run.heard.size === 0 && isTold(run) && !run.acknowledged)
    run.dues = { ...run.dues, state: { round: 0, step: 0, dueAt: now } };
};

/** An ancestor went down after it: it is that one's, if it opened only just before, or nobody has heard of it. */
export const parentOpened = (run: LadderRun, incidentId: string, now: number): void => {
  const { attachment, incident, heard } = run;
  const isChild = attachment?.because === 'parent' && attachment.endedAt === null;
  if (!run.isOpen || isChild || (incident.openedAt < now - shortlyBeforeMs && heard.size > 0)) return;
  wake(run, now);
  unplan(run, now);
  attachTo(run, incidentId, 'parent');
};

/** What it may be part of is over: it goes on by itself, and whoever was told hears that it lasts. */
export const otherOver = (run: LadderRun, incidentId: string, now: number): void => {
  const { attachment } = run;
  if (!run.isOpen || attachment?.parentIncidentId !== incidentId || attachment.endedAt !== null) return;
  run.attachment = { ...attachment, endedAt: now };
  wake(run, now);
  if (isTold(run)) run.dues = { ...run.dues, remindAt: Math.min(run.dues.remindAt ?? never, now) };
};

/** It is over; one that ended because it was paused is news for nobody. */
export const end = (run: LadderRun, now: number): void => {
  run.isOpen = false;
  stop(run);
  if (run.incident.ended === 'paused') return;
  drop(run, 'over');
  tellAfterwards(run, 'incident.resolved', now);
};
