import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { TimeZone, WallTime, Weekdays } from './quiet-hours.ts';
import { Id, Instant, Name, nullable, Page, pageQuery, strict, words } from './values.ts';

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
  name: Name(200),
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
  schema: { querystring: pageQuery, response: { 200: Page(ScheduleView) } },
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
