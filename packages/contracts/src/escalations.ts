import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { TimeZone, WallTime, Weekdays } from './quiet-hours.ts';
import { channelKinds, Id, Instant, nullable, Page, strict, Tag, words } from './values.ts';

const name = Type.String({ minLength: 1, maxLength: 200 });
const kinds = nullable(Type.Array(words(channelKinds), { minItems: 1, maxItems: 7, uniqueItems: true }));
const day = 86_400_000;

/** Whom a step tells; `channelKinds` null = all the person's channels. */
export const EscalationTarget = Type.Union([
  strict({ kind: Type.Literal('channel'), channelId: Id }),
  strict({ kind: Type.Literal('account'), accountId: Id, channelKinds: kinds }),
  strict({ kind: Type.Literal('schedule'), scheduleId: Id, channelKinds: kinds }),
  strict({ kind: Type.Literal('everyone') }),
]);
const policy = {
  name,
  /** For every monitor that neither names a policy nor has the tag of one. */
  isDefault: Type.Boolean(),
  /** Monitors with one of these tags use it, unless they name another. */
  tags: Type.Array(Tag, { maxItems: 20, uniqueItems: true }),
  steps: Type.Array(
    strict({
      /** After the step before; of the first: after the incident opened. */
      waitMs: Type.Integer({ minimum: 0, maximum: 7 * day }),
      targets: Type.Array(EscalationTarget, { minItems: 1, maxItems: 50 }),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  /** How often all steps run again until somebody acknowledges. */
  repeatTimes: Type.Integer({ minimum: 0, maximum: 100 }),
  repeatAfterMs: Type.Integer({ minimum: 0, maximum: 7 * day }),
  /** While it is open, whoever was told is told again; null = never. */
  remindEveryMs: nullable(Type.Integer({ minimum: 300_000, maximum: 7 * day })),
};
export const NewPolicy = strict({
  name: policy.name,
  steps: policy.steps,
  isDefault: Type.Optional(policy.isDefault),
  tags: Type.Optional(policy.tags),
  repeatTimes: Type.Optional(policy.repeatTimes),
  repeatAfterMs: Type.Optional(policy.repeatAfterMs),
  remindEveryMs: Type.Optional(policy.remindEveryMs),
});
export type NewPolicy = Static<typeof NewPolicy>;
export const PolicyView = Type.Object({ id: Id, ...policy, createdAt: Instant, updatedAt: Instant });
export type PolicyView = Static<typeof PolicyView>;

const page = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});
const policyParams = Type.Object({ policyId: Id });
const policies = { tag: 'escalation-policies' } as const;
export const createPolicy = defineEndpoint({
  ...policies,
  method: 'POST',
  url: '/v1/escalation-policies',
  operationId: 'createEscalationPolicy',
  summary: 'Say who hears of an incident, when, and by which channels',
  access: 'write',
  problems: [409],
  schema: { body: NewPolicy, response: { 201: PolicyView } },
});
export const listPolicies = defineEndpoint({
  ...policies,
  method: 'GET',
  url: '/v1/escalation-policies',
  operationId: 'listEscalationPolicies',
  summary: 'The escalation policies; without a default one, every channel hears of everything at once',
  access: 'read',
  schema: { querystring: page, response: { 200: Page(PolicyView) } },
});
export const getPolicy = defineEndpoint({
  ...policies,
  method: 'GET',
  url: '/v1/escalation-policies/:policyId',
  operationId: 'getEscalationPolicy',
  summary: 'One escalation policy',
  access: 'read',
  problems: [404],
  schema: { params: policyParams, response: { 200: PolicyView } },
});
export const updatePolicy = defineEndpoint({
  ...policies,
  method: 'PATCH',
  url: '/v1/escalation-policies/:policyId',
  operationId: 'updateEscalationPolicy',
  summary:
    'Change a policy (JSON merge patch; If-Match is honoured); incidents that are open keep the one they began with',
  access: 'write',
  problems: [404, 409, 412],
  schema: {
    params: policyParams,
    body: strict({
      ...NewPolicy.properties,
      name: Type.Optional(policy.name),
      steps: Type.Optional(policy.steps),
    }),
    response: { 200: PolicyView },
  },
});
export const deletePolicy = defineEndpoint({
  ...policies,
  method: 'DELETE',
  url: '/v1/escalation-policies/:policyId',
  operationId: 'deleteEscalationPolicy',
  summary: 'Delete a policy; its monitors fall back to their tags’ or the default one',
  access: 'write',
  problems: [404],
  schema: { params: policyParams, response: { 204: Type.Null() } },
});

export const restorePolicy = defineEndpoint({
  ...policies,
  method: 'POST',
  url: '/v1/escalation-policies/:policyId/restore',
  operationId: 'restoreEscalationPolicy',
  summary: 'Bring back a policy that was deleted in the last 24 hours, for its monitors that were given no other since',
  access: 'write',
  problems: [404, 409],
  schema: { params: policyParams, response: { 200: PolicyView } },
});

const Rotation = strict({
  participants: Type.Array(Id, { minItems: 1, maxItems: 100, description: 'Accounts, in the order of their turns' }),
  timeZone: TimeZone,
  startsAt: Type.String({
    pattern: '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$',
    description: 'The first hand-over, by the zone’s wall clock',
    examples: ['2026-11-30T09:00'],
  }),
  shift: strict({ unit: words(['hours', 'days', 'weeks']), length: Type.Integer({ minimum: 1, maximum: 366 }) }),
  /** Only then; null = around the clock. */
  window: nullable(strict({ days: Weekdays, from: WallTime, until: WallTime })),
});
const Override = strict({ from: Instant, until: Instant, accountId: Id });
const schedule = {
  name,
  /** The first that has somebody decides. */
  rotations: Type.Array(Rotation, { minItems: 1, maxItems: 10 }),
  overrides: Type.Array(Override, { maxItems: 200 }),
};
export const NewSchedule = strict({
  name: schedule.name,
  rotations: schedule.rotations,
  overrides: Type.Optional(schedule.overrides),
});
export type NewSchedule = Static<typeof NewSchedule>;
export const ScheduleView = Type.Object({
  id: Id,
  ...schedule,
  /** Who is on call right now; null = nobody. */
  onCall: nullable(Id),
  createdAt: Instant,
  updatedAt: Instant,
});
export type ScheduleView = Static<typeof ScheduleView>;
const scheduleParams = Type.Object({ scheduleId: Id });
const shifts = {
  200: Type.Object({ items: Type.Array(Type.Object({ accountId: nullable(Id), from: Instant, until: Instant })) }),
};
const schedules = { tag: 'on-call-schedules' } as const;
export const createSchedule = defineEndpoint({
  ...schedules,
  method: 'POST',
  url: '/v1/on-call-schedules',
  operationId: 'createOnCallSchedule',
  summary: 'Say who is on call when: rotations with hand-over, and overrides',
  access: 'write',
  problems: [409],
  schema: { body: NewSchedule, response: { 201: ScheduleView } },
});
export const listSchedules = defineEndpoint({
  ...schedules,
  method: 'GET',
  url: '/v1/on-call-schedules',
  operationId: 'listOnCallSchedules',
  summary: 'The on-call schedules, with who is on call now',
  access: 'read',
  schema: { querystring: page, response: { 200: Page(ScheduleView) } },
});
export const getSchedule = defineEndpoint({
  ...schedules,
  method: 'GET',
  url: '/v1/on-call-schedules/:scheduleId',
  operationId: 'getOnCallSchedule',
  summary: 'One on-call schedule',
  access: 'read',
  problems: [404],
  schema: { params: scheduleParams, response: { 200: ScheduleView } },
});
export const updateSchedule = defineEndpoint({
  ...schedules,
  method: 'PATCH',
  url: '/v1/on-call-schedules/:scheduleId',
  operationId: 'updateOnCallSchedule',
  summary: 'Change a schedule (JSON merge patch; If-Match is honoured)',
  access: 'write',
  problems: [404, 412],
  schema: {
    params: scheduleParams,
    body: strict({
      name: Type.Optional(schedule.name),
      rotations: Type.Optional(schedule.rotations),
      overrides: Type.Optional(schedule.overrides),
    }),
    response: { 200: ScheduleView },
  },
});
export const deleteSchedule = defineEndpoint({
  ...schedules,
  method: 'DELETE',
  url: '/v1/on-call-schedules/:scheduleId',
  operationId: 'deleteOnCallSchedule',
  summary: 'Delete a schedule that no policy uses',
  access: 'write',
  problems: [404, 409],
  schema: { params: scheduleParams, response: { 204: Type.Null() } },
});
export const restoreSchedule = defineEndpoint({
  ...schedules,
  method: 'POST',
  url: '/v1/on-call-schedules/:scheduleId/restore',
  operationId: 'restoreOnCallSchedule',
  summary: 'Bring back a schedule that was deleted in the last 24 hours',
  access: 'write',
  problems: [404, 409],
  schema: { params: scheduleParams, response: { 200: ScheduleView } },
});
export const listShifts = defineEndpoint({
  ...schedules,
  method: 'GET',
  url: '/v1/on-call-schedules/:scheduleId/shifts',
  operationId: 'listOnCallShifts',
  summary: 'Who is on call from when to when; at most 366 days and 500 shifts',
  access: 'read',
  problems: [404],
  schema: {
    params: scheduleParams,
    querystring: Type.Object({ from: Instant, to: Instant }),
    response: shifts,
  },
});
export const previewShifts = defineEndpoint({
  ...schedules,
  method: 'POST',
  url: '/v1/on-call-schedules/preview',
  operationId: 'previewOnCallShifts',
  summary: 'Who would be on call by a schedule that isn’t saved; nothing is stored',
  access: 'read',
  schema: { body: strict({ ...NewSchedule.properties, from: Instant, to: Instant }), response: shifts },
});
