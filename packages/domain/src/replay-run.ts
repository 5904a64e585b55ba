import type { Dues } from './escalation.ts';
import type { AlertRules, PastAncestor, PastIncident, UntoldReason } from './past-incident.ts';
import type { ChannelQueue } from './replay-channel.ts';
import { type AncestorSeen, type AttachmentSeen, type HoldReason, silenceOf } from './silence.ts';

/** News of an incident for a channel; `gathered`: told together with others, from then on. */
type News = Readonly<{ incident: PastIncident; event: string; at: number; gathered: number | null }>;

/** What one incident's ladder needs of the world around it. */
export type Surround = Readonly<{
  rules: AlertRules;
  ancestors: readonly PastAncestor[];
  queues: readonly ChannelQueue[];
  plan: (queue: ChannelQueue, news: News) => void;
  /** Nothing is told of another incident itself. */
  isSilent: (incidentId: string) => boolean;
}>;

/** One incident's ladder as it goes; moments are epoch ms. */
export type LadderRun = Readonly<{ incident: PastIncident; around: Surround; heard: Set<ChannelQueue> }> & {
  isOpen: boolean;
  dues: Dues;
  held: Readonly<{ reason: HoldReason; until: number }> | null;
  attachment: Pick<AttachmentSeen, 'parentIncidentId' | 'because' | 'endedAt'> | null;
  acknowledged: boolean;
  snoozedUntil: number | null;
  /** What put the first message off last. */
  delayed: UntoldReason | null;
  turns: number;
  news: number;
  /** There was more than openings. */
  hasLater: boolean;
  /** There would have been more than was counted. */
  isCut: boolean;
};

/** The ladder of an incident that hasn't opened yet. */
export const newRun = (incident: PastIncident, around: Surround): LadderRun => ({
  ...{ incident, around, heard: new Set(), isOpen: false, acknowledged: false, isCut: false, turns: 0, news: 0 },
  hasLater: false,
  ...{ held: null, attachment: null, snoozedUntil: null, delayed: null },
  dues: { state: { round: 0, step: 0, dueAt: null }, remindAt: null },
});

type Lasting = Readonly<{ from: number; until: number | null }>;
const lasts =
  (now: number) =>
  ({ from, until }: Lasting): boolean =>
    from <= now && (until === null || now < until);

/** The ancestors as they were at a moment. */
export const ancestorsAt = ({ around }: LadderRun, now: number): readonly AncestorSeen[] =>
  around.ancestors.map(({ monitorId, depth, timeoutMs, incidents, failing }) => ({
    ...{ monitorId, depth, timeoutMs, incidentId: incidents.find(lasts(now))?.id ?? null },
    failing: failing.some(lasts(now)),
  }));

/** Somebody was told, or was to be told, that it opened. */
export const isTold = ({ dues: { state } }: LadderRun): boolean => state.round > 0 || state.step > 0;

/** Whether the other one with which it shares its cause is still open. */
export const sharesAt = ({ incident: { share } }: LadderRun, now: number): boolean =>
  share !== null && (share.until === null || now < share.until);

/** Makes it part of another one. */
export const attachTo = (run: LadderRun, parentIncidentId: string, because: AttachmentSeen['because']): void => {
  const { attachment } = run;
  const known = attachment?.parentIncidentId === parentIncidentId && attachment.because === because;
  if (!known || attachment.endedAt !== null) run.attachment = { parentIncidentId, because, endedAt: null };
};

const attachmentSeen = (run: LadderRun, now: number): AttachmentSeen | null => {
  const { attachment } = run;
  if (attachment === null) return null;
  const open = attachment.endedAt === null && (attachment.because === 'parent' || sharesAt(run, now));
  return { ...attachment, open, silent: run.around.isSilent(attachment.parentIncidentId) };
};

const delayWords = {
  maintenance: 'maintenance',
  'parent-suspected': 'parent-suspected',
  'parent-down': 'parent-down',
  settling: 'parent-down',
  'shared-cause': 'shared-cause',
} as const satisfies Record<HoldReason, UntoldReason>;

/** What ends without a moment of its own: whoever ends it wakes the ladder. */
const isWoken = (reason: HoldReason): boolean => reason === 'parent-down' || reason === 'shared-cause';

/** Whether it may be told now, by the rule of a present one; what holds it is kept. */
export const mayTell = (run: LadderRun, now: number): boolean => {
  const { openedAt, intervalMs, timeoutMs } = run.incident;
  const maintenance = run.around.rules.maintenance.filter(lasts(now)).toSorted((a, b) => b.until - a.until);
  const silence = silenceOf({
    ...{ now, openedAt, intervalMs, timeoutMs, failedAt: null, told: isTold(run), maintenance },
    ...{ ancestors: ancestorsAt(run, now), attachment: attachmentSeen(run, now) },
  });
  run.held = null;
  if (silence.kind === 'tell') return true;
  const above = silence.ancestor?.incidentId ?? null;
  if (silence.for === 'parent-down' && above !== null) attachTo(run, above, 'parent');
  run.held = { reason: silence.for, until: isWoken(silence.for) ? Number.POSITIVE_INFINITY : silence.until };
  if (run.heard.size === 0) run.delayed = delayWords[silence.for];
  return false;
};
