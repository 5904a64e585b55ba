import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { MonitorPatch, MonitorView } from './monitors.ts';
import { Id, Instant, nullable, Page, strict, Tag } from './values.ts';

const tags = Type.Array(Tag, { minItems: 1, maxItems: 20, uniqueItems: true });
const settings = MonitorPatch.properties;

/** What makes sense to set on many monitors alike. */
export const BulkPatch = strict({
  intervalMs: settings.intervalMs,
  timeoutMs: settings.timeoutMs,
  regions: settings.regions,
  policyId: settings.policyId,
  alertAfterMs: settings.alertAfterMs,
  expectedStatuses: settings.expectedStatuses,
  degradedAboveMs: settings.degradedAboveMs,
  policy: settings.policy,
});

/** What is done to each of the monitors. */
export const BulkAction = Type.Union([
  strict({ kind: Type.Literal('pause') }),
  strict({ kind: Type.Literal('resume') }),
  strict({ kind: Type.Literal('delete') }),
  strict({ kind: Type.Literal('restore') }),
  strict({ kind: Type.Literal('add-tags'), tags }),
  strict({ kind: Type.Literal('remove-tags'), tags }),
  strict({ kind: Type.Literal('edit'), patch: BulkPatch }),
]);
export type BulkAction = Static<typeof BulkAction>;

/** What came of one monitor: how it is now, or why nothing was done to it. */
export const BulkItem = Type.Object({
  monitorId: Id,
  /** Null where it was deleted, or nothing was done. */
  monitor: nullable(MonitorView),
  /** Null where it was done. */
  problem: nullable(Type.Object({ status: Type.Integer(), code: Type.String(), detail: Type.String() })),
});
export type BulkItem = Static<typeof BulkItem>;

export const bulkMonitors = defineEndpoint({
  method: 'POST',
  url: '/v1/monitors/bulk',
  operationId: 'bulkMonitors',
  summary: 'Do one thing to many monitors; each is done or refused for itself, answered in order',
  tag: 'monitors',
  access: 'write',
  schema: {
    body: strict({
      monitorIds: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }),
      action: BulkAction,
    }),
    response: { 200: Type.Object({ items: Type.Array(BulkItem) }) },
  },
});

export const restoreMonitor = defineEndpoint({
  method: 'POST',
  url: '/v1/monitors/:monitorId/restore',
  operationId: 'restoreMonitor',
  summary: 'Bring back a monitor that was deleted in the last 24 hours, with its log and its incidents',
  tag: 'monitors',
  access: 'write',
  problems: [404, 409],
  schema: { params: Type.Object({ monitorId: Id }), response: { 200: MonitorView } },
});

export const DeletedMonitor = Type.Object({
  id: Id,
  name: Type.String(),
  url: Type.String(),
  deletedAt: Instant,
  /** Until then it can be brought back. */
  keptUntil: Instant,
});
export type DeletedMonitor = Static<typeof DeletedMonitor>;

export const listDeletedMonitors = defineEndpoint({
  method: 'GET',
  url: '/v1/deleted-monitors',
  operationId: 'listDeletedMonitors',
  summary: 'The monitors that can still be brought back, last deleted first',
  tag: 'monitors',
  access: 'read',
  schema: {
    querystring: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
    }),
    response: { 200: Page(DeletedMonitor) },
  },
});
