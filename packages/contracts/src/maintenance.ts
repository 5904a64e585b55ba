import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { TimeZone } from './quiet-hours.ts';
import { ScopeSchema } from './scope.ts';
import { Id, Instant, InstantQuery, Name, nullable, Page, pageQuery, strict, words } from './values.ts';

const times = {
  startsAt: Type.String({
    pattern:
      '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,3})?)?(Z|[+-][0-2][0-9]:[0-5][0-9])?$',
    description: 'The zone’s wall clock, or, with an offset, a moment. A rule begins here.',
    examples: ['2026-11-29T02:00'],
  }),
  timeZone: TimeZone,
  durationMs: Type.Integer({ minimum: 60_000, maximum: 30 * 86_400_000, examples: [7_200_000] }),
  /** The value of an RRULE (RFC 5545), hourly at the most; null = once. */
  rule: nullable(Type.String({ minLength: 1, maxLength: 2_000, examples: ['FREQ=WEEKLY;BYDAY=SU'] })),
};
const settings = {
  name: Name(200, ['Weekly updates']),
  note: nullable(Type.String({ maxLength: 2_000 })),
  ...times,
  appliesTo: ScopeSchema,
  /** What the time is for uptime: left out, or counted as it was. */
  countsAs: words(['excluded', 'counted']),
};

export const OccurrenceView = Type.Object({ from: Instant, until: Instant });
export type OccurrenceView = Static<typeof OccurrenceView>;
export const MaintenanceWindowView = Type.Object({
  id: Id,
  ...settings,
  /** What is running, or comes next: of a rule within 60 days. */
  current: nullable(OccurrenceView),
  next: nullable(OccurrenceView),
  createdAt: Instant,
  updatedAt: Instant,
});
export type MaintenanceWindowView = Static<typeof MaintenanceWindowView>;

export const NewMaintenanceWindow = strict({
  name: settings.name,
  note: Type.Optional(settings.note),
  startsAt: settings.startsAt,
  timeZone: settings.timeZone,
  durationMs: settings.durationMs,
  rule: Type.Optional(settings.rule),
  appliesTo: settings.appliesTo,
  countsAs: Type.Optional(settings.countsAs),
});
export type NewMaintenanceWindow = Static<typeof NewMaintenanceWindow>;
export const MaintenanceWindowPatch = strict({
  name: Type.Optional(settings.name),
  note: Type.Optional(settings.note),
  startsAt: Type.Optional(settings.startsAt),
  timeZone: Type.Optional(settings.timeZone),
  durationMs: Type.Optional(settings.durationMs),
  rule: Type.Optional(settings.rule),
  appliesTo: Type.Optional(settings.appliesTo),
  countsAs: Type.Optional(settings.countsAs),
});
export type MaintenanceWindowPatch = Static<typeof MaintenanceWindowPatch>;

const params = Type.Object({ windowId: Id });
const base = { tag: 'maintenance-windows' } as const;
const range = Type.Object({ from: InstantQuery, to: InstantQuery });
const occurrences = { 200: Type.Object({ items: Type.Array(OccurrenceView) }) };

export const createMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/maintenance-windows',
  operationId: 'createMaintenanceWindow',
  summary: 'Plan work: checks go on, alerts wait for the window’s end',
  access: 'write',
  problems: [409],
  schema: { body: NewMaintenanceWindow, response: { 201: MaintenanceWindowView } },
});
export const listMaintenanceWindows = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/maintenance-windows',
  operationId: 'listMaintenanceWindows',
  summary: 'The maintenance windows, newest first',
  access: 'read',
  schema: {
    querystring: pageQuery,
    response: { 200: Page(MaintenanceWindowView) },
  },
});
export const getMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/maintenance-windows/:windowId',
  operationId: 'getMaintenanceWindow',
  summary: 'One maintenance window with what is running of it and what comes next',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: MaintenanceWindowView } },
});
export const updateMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'PATCH',
  url: '/v1/maintenance-windows/:windowId',
  operationId: 'updateMaintenanceWindow',
  summary: 'Change a window (JSON merge patch; If-Match is honoured); what has been stays as it was',
  access: 'write',
  problems: [404, 412],
  schema: { params, body: MaintenanceWindowPatch, response: { 200: MaintenanceWindowView } },
});
export const deleteMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'DELETE',
  url: '/v1/maintenance-windows/:windowId',
  operationId: 'deleteMaintenanceWindow',
  summary: 'Delete a window; what runs of it ends, what has been stays as it was',
  access: 'write',
  problems: [404],
  schema: { params, response: { 204: Type.Null() } },
});
export const restoreMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/maintenance-windows/:windowId/restore',
  operationId: 'restoreMaintenanceWindow',
  summary: 'Bring back a window that was deleted in the last 24 hours; if its time is now, it runs on from now',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: MaintenanceWindowView } },
});
export const endMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/maintenance-windows/:windowId/end',
  operationId: 'endMaintenanceWindow',
  summary: 'End what is running now; a rule goes on with its next time',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: MaintenanceWindowView } },
});
export const resumeMaintenanceWindow = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/maintenance-windows/:windowId/resume',
  operationId: 'resumeMaintenanceWindow',
  summary: 'Take back the last end by hand: what was ended runs on from now to the end that it had',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: MaintenanceWindowView } },
});
export const listOccurrences = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/maintenance-windows/:windowId/occurrences',
  operationId: 'listMaintenanceOccurrences',
  summary: 'When it is, in a range of at most 366 days; the first 500',
  access: 'read',
  problems: [404],
  schema: { params, querystring: range, response: occurrences },
});
export const previewOccurrences = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/maintenance-windows/preview',
  operationId: 'previewMaintenanceOccurrences',
  summary: 'When a window that isn’t saved would be; nothing is stored',
  access: 'read',
  schema: {
    body: strict({ ...times, rule: Type.Optional(times.rule), from: InstantQuery, to: InstantQuery }),
    response: occurrences,
  },
});

export const NamedOccurrence = Type.Object({ windowId: Id, name: settings.name, ...OccurrenceView.properties });
export type NamedOccurrence = Static<typeof NamedOccurrence>;
export const listAllOccurrences = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/maintenance-occurrences',
  operationId: 'listAllMaintenanceOccurrences',
  summary: 'When there is maintenance, of all windows, by their start, in a range of at most 366 days; the first 1,000',
  access: 'read',
  schema: {
    querystring: range,
    response: {
      200: Type.Object({
        items: Type.Array(NamedOccurrence),
        /** There are more than are told. */
        isCut: Type.Boolean(),
      }),
    },
  },
});
