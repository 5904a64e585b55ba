import { type Static, Type } from 'typebox';
import { CheckResultView } from './check-results.ts';
import { ConnectionPatch, ConnectionView } from './connection.ts';
import { defineEndpoint } from './endpoint.ts';
import {
  authDescription,
  HeadersPatch,
  JudgementPolicyPatch,
  JudgementPolicyView,
  MonitorAuth,
  monitorSettings,
} from './monitor-settings.ts';
import { Id, Instant, nullable, Page, RegionId, strict, Tag, words } from './values.ts';

export const MonitorStatus = words([
  'pending',
  'up',
  'degraded',
  'down',
  'unknown',
  'paused',
  'maintenance',
  'flapping',
]);
export type MonitorStatus = Static<typeof MonitorStatus>;

export const MonitorView = Type.Object({
  id: Id,
  ...monitorSettings,
  /** How it logs in; the secret itself is never shown again. */
  auth: nullable(
    Type.Object({
      kind: words(['basic', 'bearer', 'header']),
      /** The user name, or the header's name. */
      name: nullable(Type.String()),
    }),
  ),
  policy: JudgementPolicyView,
  connection: ConnectionView,
  status: MonitorStatus,
  statusSince: Instant,
  /** The open incident, if there is one. */
  incidentId: nullable(Id),
  lastResult: nullable(CheckResultView),
  pausedAt: nullable(Instant),
  /** It is in a maintenance window until then; null = it is in none. */
  maintenanceUntil: nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
});
export type MonitorView = Static<typeof MonitorView>;

export const NewMonitor = strict({
  url: monitorSettings.url,
  name: Type.Optional(monitorSettings.name),
  method: Type.Optional(monitorSettings.method),
  headers: Type.Optional(monitorSettings.headers),
  body: Type.Optional(monitorSettings.body),
  verifyTls: Type.Optional(monitorSettings.verifyTls),
  auth: Type.Optional(Type.Union([MonitorAuth, Type.Null()], { description: authDescription })),
  intervalMs: Type.Optional(monitorSettings.intervalMs),
  timeoutMs: Type.Optional(monitorSettings.timeoutMs),
  maxRedirects: Type.Optional(monitorSettings.maxRedirects),
  expectedStatuses: Type.Optional(monitorSettings.expectedStatuses),
  regions: Type.Optional(monitorSettings.regions),
  tags: Type.Optional(monitorSettings.tags),
  policyId: Type.Optional(monitorSettings.policyId),
  alertAfterMs: Type.Optional(monitorSettings.alertAfterMs),
  policy: Type.Optional(JudgementPolicyPatch),
  parents: Type.Optional(monitorSettings.parents),
  assertions: Type.Optional(monitorSettings.assertions),
  degradedAboveMs: Type.Optional(monitorSettings.degradedAboveMs),
  connection: Type.Optional(ConnectionPatch),
});
export type NewMonitor = Static<typeof NewMonitor>;
export const MonitorPatch = strict({
  ...NewMonitor.properties,
  url: Type.Optional(monitorSettings.url),
  headers: Type.Optional(HeadersPatch),
});
export type MonitorPatch = Static<typeof MonitorPatch>;

const params = Type.Object({ monitorId: Id });
const base = { tag: 'monitors' } as const;

export const createMonitor = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/monitors',
  operationId: 'createMonitor',
  summary: 'Watch a URL; its first check starts at once',
  access: 'write',
  problems: [409, 422],
  schema: { body: NewMonitor, response: { 201: MonitorView } },
});
export const listMonitors = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/monitors',
  operationId: 'listMonitors',
  summary: 'The monitors of the organisation',
  access: 'read',
  schema: {
    querystring: Type.Object({
      status: Type.Optional(Type.Array(MonitorStatus, { maxItems: 8 })),
      tag: Type.Optional(Type.Array(Tag, { maxItems: 20 })),
      search: Type.Optional(Type.String({ maxLength: 200 })),
      sort: Type.Enum(['createdAt', '-createdAt', 'name', '-name'], { default: 'name' }),
      limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
    }),
    response: { 200: Page(MonitorView) },
  },
});
export const getMonitor = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/monitors/:monitorId',
  operationId: 'getMonitor',
  summary: 'One monitor with its state and last result',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: MonitorView } },
});
export const updateMonitor = defineEndpoint({
  ...base,
  method: 'PATCH',
  url: '/v1/monitors/:monitorId',
  operationId: 'updateMonitor',
  summary: 'Change settings (JSON merge patch; If-Match is honoured)',
  access: 'write',
  problems: [404, 412],
  schema: { params, body: MonitorPatch, response: { 200: MonitorView } },
});
export const deleteMonitor = defineEndpoint({
  ...base,
  method: 'DELETE',
  url: '/v1/monitors/:monitorId',
  operationId: 'deleteMonitor',
  summary: 'Stop watching and forget the monitor, its incidents and its log',
  access: 'write',
  problems: [404],
  schema: { params, response: { 204: Type.Null() } },
});
export const pauseMonitor = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/monitors/:monitorId/pause',
  operationId: 'pauseMonitor',
  summary: 'Stop looking; an open incident is ended as paused, without an alert',
  access: 'write',
  problems: [404],
  schema: { params, response: { 200: MonitorView } },
});
export const resumeMonitor = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/monitors/:monitorId/resume',
  operationId: 'resumeMonitor',
  summary: 'Look again, starting now',
  access: 'write',
  problems: [404],
  schema: { params, response: { 200: MonitorView } },
});
export const checkMonitor = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/monitors/:monitorId/check',
  operationId: 'checkMonitor',
  summary: 'Look now from every region; the results arrive in the log with this scheduledAt',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 202: Type.Object({ scheduledAt: Instant, regions: Type.Array(RegionId) }) } },
});
