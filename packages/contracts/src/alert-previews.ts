import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { NewPolicy } from './escalations.ts';
import { NewMaintenanceWindow } from './maintenance.ts';
import { NewMonitor } from './monitors.ts';
import { NewSchedule } from './on-call-schedules.ts';
import { QuietHours, SeverityWord } from './quiet-hours.ts';
import { channelKinds, Id, Instant, nullable, strict, words } from './values.ts';

const replaced = nullable(Id);

/** One change of the rules by which people are told; the id names what it would replace, null = it would be new. */
export const AlertChange = Type.Union([
  strict({ kind: Type.Literal('escalation-policy'), policyId: replaced, policy: NewPolicy }),
  strict({ kind: Type.Literal('on-call-schedule'), scheduleId: replaced, schedule: NewSchedule }),
  /** Of one channel, or (`channelId` null) of the person who asks; `quietHours` null = none. */
  strict({ kind: Type.Literal('quiet-hours'), channelId: replaced, quietHours: nullable(QuietHours) }),
  strict({ kind: Type.Literal('maintenance-window'), windowId: replaced, window: NewMaintenanceWindow }),
  /** Of many monitors at once; what isn't named stays. */
  strict({
    kind: Type.Literal('monitors'),
    monitorIds: Type.Array(Id, { minItems: 1, maxItems: 1_000 }),
    policyId: Type.Optional(NewMonitor.properties.policyId),
    alertAfterMs: Type.Optional(NewMonitor.properties.alertAfterMs),
    addTags: Type.Optional(NewMonitor.properties.tags),
    removeTags: Type.Optional(NewMonitor.properties.tags),
  }),
]);
export type AlertChange = Static<typeof AlertChange>;

/** Why nobody was told at once, or at all. */
export const untoldReasons = [
  'maintenance',
  'parent-suspected',
  'parent-down',
  'shared-cause',
  'quiet-hours',
  /** It waited to be told in one message with others. */
  'gathered',
  'snoozed',
  'acknowledged',
  'over-first',
  'nobody-reached',
] as const;

/** What became of one incident under some rules. */
const Told = Type.Object({
  /** The first message about it; null = nobody was told of it. */
  firstAt: nullable(Instant),
  /** Messages that said it is down: opened, escalated, reminders. */
  alerts: Type.Integer(),
  /** What put the first message off, or kept it from being sent. */
  because: nullable(words(untoldReasons)),
});
const Outcome = Type.Object({
  /** Incidents of which somebody was told. */
  told: Type.Integer(),
  /** Messages that said that something is down; one that tells of several incidents is one. */
  alerts: Type.Integer(),
  /** With the messages that somebody has it, and that it is over. */
  messages: Type.Integer(),
  /** It would have been more: of one incident no more than 2,000 messages are replayed. */
  isLeast: Type.Boolean(),
  channels: Type.Array(
    Type.Object({ channelId: Id, name: Type.String(), kind: words(channelKinds), alerts: Type.Integer() }),
    { description: 'Those that would have been told, most alerts first; at most 50' },
  ),
});

export const AlertPreview = Type.Object({
  from: Instant,
  to: Instant,
  /** Opened in that time. */
  incidents: Type.Integer(),
  /** More opened than are replayed: `from` is later than 30 days ago. */
  isCut: Type.Boolean(),
  /** Parents failed more often than is read: how they were further back is not known, and holds nothing back. */
  areParentsCut: Type.Boolean(),
  present: Outcome,
  wanted: Outcome,
  /** Those that would have been told otherwise, newest first; at most 50. */
  differing: Type.Array(
    Type.Object({
      incidentId: Id,
      monitorId: Id,
      monitorName: Type.String(),
      severity: SeverityWord,
      openedAt: Instant,
      resolvedAt: nullable(Instant),
      present: Told,
      wanted: Told,
    }),
  ),
  summary: Type.String({
    examples: ['In the last 30 days 3 incidents opened: this would have sent 5 alerts; the present rules come to 9.'],
  }),
  /** What a replay can't know, in one sentence. */
  assumes: Type.String(),
});
export type AlertPreview = Static<typeof AlertPreview>;

export const previewAlerts = defineEndpoint({
  tag: 'alert-previews',
  method: 'POST',
  url: '/v1/alert-previews',
  operationId: 'previewAlerts',
  summary:
    'What a change of policy, schedule, quiet hours, maintenance or monitors would have told in the last 30 days',
  access: 'read',
  problems: [404, 503],
  schema: { body: strict({ change: AlertChange }), response: { 200: AlertPreview } },
});
