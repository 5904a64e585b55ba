import { type Silence, silenceOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { maintenanceOfMonitor, type Running } from '../maintenance/running.ts';
import { attachToAncestor } from './attach.ts';
import { type Decision, decide } from './decisions.ts';
import type { AlertedIncident, Ladder } from './plan-store.ts';
import { type Ancestor, type Around, ancestorsOf, attachmentOf, endAttachment, failedAtOf } from './silence-store.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** What was held and is not any more: the fact that explains why people hear of it only now. */
const overOf = (heldFor: string | null, now: number): Decision | null => {
  switch (heldFor) {
    case 'maintenance':
      return { code: 'maintenance-over', key: `maintenance-over:${iso(now)}` };
    case 'parent-suspected':
      return { code: 'parent-cleared', key: 'parent-cleared' };
    default:
      return null;
  }
};

type Hold = Extract<Silence, { kind: 'hold' }>;
/** The same silence goes on, or what was suspected has come true. */
const isStill = (silence: Hold, heldFor: string | null): boolean =>
  silence.for === heldFor || (heldFor === 'parent-suspected' && silence.for === 'parent-down');

const holdDecision = (silence: Hold, windows: readonly Running[], ancestors: readonly Ancestor[]): Decision | null => {
  switch (silence.for) {
    case 'maintenance': {
      const { windowId, until } = silence;
      const name = windows.find((window) => window.windowId === windowId)?.name ?? '';
      const detail = { ...(windowId === null ? {} : { windowId }), name, until };
      return { code: 'maintenance', key: `maintenance:${windowId}:${iso(until)}`, detail };
    }
    case 'parent-suspected': {
      const monitorId = silence.ancestor?.monitorId;
      const found = ancestors.find((one) => one.monitorId === monitorId);
      const detail = monitorId === undefined ? {} : { monitorId, name: found?.name ?? '' };
      return { code: 'parent-suspected', key: 'parent-suspected', detail };
    }
    case 'parent-down': // said with the attachment
    case 'settling': // said with the other one's end
    case 'shared-cause':
      return null;
  }
};

/** An incident whose other one went without an alert of its own (it was paused or deleted) goes on by itself. */
const attachmentNow = async (tx: Sql, incidentId: string, now: number) => {
  const attachment = await attachmentOf(tx, incidentId);
  if (attachment === null || attachment.open || attachment.endedAt !== null) return attachment;
  await endAttachment(tx, incidentId, now);
  const code = attachment.because === 'parent' ? 'parent-over' : 'shared-cause-over';
  const { parentIncidentId } = attachment;
  await decide(tx, incidentId, now, {
    code,
    key: `${code}:${parentIncidentId}`,
    detail: { incidentId: parentIncidentId },
  });
  return { ...attachment, endedAt: now };
};

/**
 * Whether people may hear of an open incident now; what is decided becomes a fact. Answers the ladder with its hold: the
 * moment at which it is asked again, or null when nothing is in the way.
 */
export const judgeSilence = async (
  tx: Sql,
  incident: AlertedIncident,
  { ladder, around }: Readonly<{ ladder: Ladder; around: Around }>,
  now: number,
): Promise<Ladder> => {
  const { incidentId, monitorId, intervalMs, timeoutMs } = incident;
  const maintenance = around.windows ? await maintenanceOfMonitor(tx, monitorId, now) : [];
  const ancestors = around.parents ? await ancestorsOf(tx, monitorId) : [];
  const attachment = around.attached ? await attachmentNow(tx, incidentId, now) : null;
  const isOver = attachment !== null && attachment.endedAt !== null;
  const silence = silenceOf({
    ...{ now, intervalMs, timeoutMs, maintenance, ancestors, attachment },
    openedAt: incident.openedAt.getTime(),
    failedAt: isOver ? await failedAtOf(tx, monitorId) : null,
    told: ladder.state.round > 0 || ladder.state.step > 0,
  });
  const over = silence.kind === 'hold' && isStill(silence, ladder.heldFor) ? null : overOf(ladder.heldFor, now);
  if (over !== null) await decide(tx, incidentId, now, over);
  if (silence.kind === 'tell') return { ...ladder, heldUntil: null, heldFor: null };
  const above = silence.ancestor?.incidentId ?? null;
  if (silence.for === 'parent-down' && above !== null) await attachToAncestor(tx, incidentId, above, now);
  const decision = holdDecision(silence, maintenance, ancestors);
  if (decision !== null) await decide(tx, incidentId, now, decision);
  return { ...ladder, heldUntil: silence.until, heldFor: silence.for };
};
