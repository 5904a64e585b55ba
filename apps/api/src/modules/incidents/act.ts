import { type Change, type Deed, type DeedDeps, type Performed, perform } from './perform.ts';
import { momentText } from './view.ts';

export type Acknowledged =
  /** `by`: the name of who has it now. */
  Readonly<{ kind: 'acknowledged' | 'already'; by: string }> | Readonly<{ kind: 'resolved' | 'missing' }>;

const ways: Readonly<Record<string, string>> = {
  page: 'on the dashboard',
  api: 'over the API',
  slack: 'in Slack',
  telegram: 'in Telegram',
  sms: 'by SMS',
  voice: 'on the phone',
  link: 'by the link in a message',
};

/**
 * Somebody has it, and whoever was told hears who. Of several at once the first has it; the others learn the name. Used
 * by every way there is to say so: the API, buttons, replies, calls and links.
 */
export const acknowledgeIncident = async (deps: DeedDeps, deed: Deed): Promise<Acknowledged> => {
  const { incidentId, by, now } = deed;
  const done = await perform(deps, deed, async (tx, before) => {
    if (before.resolvedAt !== null || before.acknowledgedBy !== null) return null;
    await deps.incidents.setAcknowledged(tx, incidentId, by, now);
    const due = await deps.alerts.acknowledged(tx, deed);
    return { kind: 'acknowledged', text: `Acknowledged ${ways[by.via] ?? `via ${by.via}`}.`, due };
  });
  if (done === null) return { kind: 'missing' };
  if (done.before.resolvedAt !== null) return { kind: 'resolved' };
  const has = done.before.acknowledgedBy;
  return has === null ? { kind: 'acknowledged', by: by.name } : { kind: 'already', by: has.name };
};

/** What a deed on an incident that has to be open came to; null: there is no such incident. */
export type OnOpen = Promise<Readonly<{ kind: 'done'; performed: Performed }> | Readonly<{ kind: 'resolved' }> | null>;

const whileOpen = async (deps: DeedDeps, deed: Deed, change: Parameters<typeof perform>[2]): OnOpen => {
  const performed = await perform(deps, deed, async (tx, before) =>
    before.resolvedAt === null ? change(tx, before) : null,
  );
  if (performed === null) return null;
  return performed.before.resolvedAt === null ? { kind: 'done', performed } : { kind: 'resolved' };
};

/** Nobody has it any more: escalation goes on with its next step. */
export const unacknowledgeIncident = (deps: DeedDeps, deed: Deed): OnOpen =>
  whileOpen(deps, deed, async (tx, before): Promise<Change> => {
    if (before.acknowledgedBy === null) return null;
    const { incidentId, now } = deed;
    await deps.incidents.setAcknowledged(tx, incidentId, null, now);
    await deps.alerts.unacknowledged(tx, { incidentId, now });
    return { kind: 'unacknowledged', text: `Taken back from ${before.acknowledgedBy.name}.` };
  });

/** Nothing more about it before `until` (epoch ms); null ends that. */
export const snoozeIncident = (deps: DeedDeps, deed: Deed, until: number | null): OnOpen =>
  whileOpen(deps, deed, async (tx, before): Promise<Change> => {
    if ((before.snoozedUntil?.getTime() ?? null) === until) return null;
    const { incidentId, now } = deed;
    await deps.incidents.setSnoozed(tx, incidentId, until);
    await deps.alerts.snoozed(tx, { incidentId, until, now });
    const text = until === null ? 'No longer snoozed.' : `Snoozed until ${momentText(new Date(until))}.`;
    return { kind: 'snoozed', text, snoozedUntil: until };
  });
