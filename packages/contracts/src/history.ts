import { type Static, Type } from 'typebox';
import { FailureSchema } from './check-results.ts';
import { defineEndpoint } from './endpoint.ts';
import { JudgementPolicyPatch, JudgementPolicyView } from './monitor-settings.ts';
import { MonitorStatus, NewMonitor } from './monitors.ts';
import { Id, Instant, InstantQuery, nullable, Page, RegionId, strict, words } from './values.ts';

const params = Type.Object({ monitorId: Id });
const range = { from: Type.Optional(InstantQuery), to: Type.Optional(InstantQuery) };
const paged = { cursor: Type.Optional(Type.String({ maxLength: 500 })) };

/** One decision about a monitor, with what each region said when it was made. */
export const ChangeView = Type.Object({
  kind: words([
    'first-good',
    'opened',
    'resolved',
    'unconfirmed',
    'degraded',
    'not-degraded',
    'flapping',
    'calm',
    'paused',
    'resumed',
    'changed',
    'unknown',
    'known',
    'policy',
  ]),
  /** The moment it is about. */
  at: Instant,
  /** When it could be known: the end of the look, or the deadline, that decided it. */
  decidedAt: Instant,
  /** The status from then on. */
  status: MonitorStatus,
  witnesses: Type.Array(
    Type.Object({
      region: RegionId,
      verdict: words(['up', 'down']),
      code: nullable(Type.String()),
      at: Instant,
    }),
  ),
  /** Of `policy` and `changed`: what its looks were judged by until then. */
  policyBefore: nullable(
    Type.Object({
      ...JudgementPolicyView.properties,
      regions: Type.Array(RegionId),
      intervalMs: Type.Integer(),
      timeoutMs: Type.Integer(),
    }),
  ),
  /** One plain sentence. */
  summary: Type.String({ examples: ['fra saw 502; iad and sin saw it up: no incident.'] }),
});
export type ChangeView = Static<typeof ChangeView>;

export const listChanges = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/changes',
  operationId: 'listChanges',
  summary: 'Why a monitor is what it is: every decision with its evidence, newest first',
  tag: 'monitors',
  access: 'read',
  problems: [404],
  schema: {
    params,
    querystring: Type.Object({ ...range, ...paged, limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }) }),
    response: { 200: Page(ChangeView) },
  },
});

/** One unbroken run of the same failure, with the monitor and region that it is about. */
export const SpanRecord = Type.Object({
  monitorId: Id,
  monitorName: Type.String(),
  region: RegionId,
  /** `502`, `timeout`, `dns:ENOTFOUND`, … */
  code: Type.String(),
  failure: FailureSchema,
  startedAt: Instant,
  lastSeenAt: Instant,
  /** The first look that saw something else; null while it lasts. */
  endedAt: nullable(Instant),
  durationMs: nullable(Type.Integer()),
});
export type SpanRecord = Static<typeof SpanRecord>;

export const listSpans = defineEndpoint({
  method: 'GET',
  url: '/v1/spans',
  operationId: 'listSpans',
  summary: 'When each failure began and cleared, by region, newest first; JSON pages, or a stream as NDJSON or CSV',
  tag: 'incidents',
  access: 'read',
  schema: {
    querystring: Type.Object({
      ...range,
      ...paged,
      monitorId: Type.Optional(Id),
      code: Type.Optional(Type.Array(Type.String({ maxLength: 100, examples: ['502'] }), { maxItems: 20 })),
      region: Type.Optional(Type.Array(RegionId, { maxItems: 32 })),
      limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 20 }),
    }),
    response: { 200: Page(SpanRecord) },
  },
});

export const UptimeView = Type.Object({
  from: Instant,
  to: Instant,
  upMs: Type.Integer(),
  /** In incidents; those that later looks took back are none. */
  downMs: Type.Integer(),
  /** Nobody looked: paused, no answer yet, or no region alive. No part of the ratio. */
  unknownMs: Type.Integer(),
  /** Left out by maintenance windows. No part of the ratio. */
  leftOutMs: Type.Integer(),
  /** up / (up + down); null when nothing is known. */
  ratio: nullable(Type.Number({ examples: [0.99931] })),
  incidents: Type.Integer(),
});
export type UptimeView = Static<typeof UptimeView>;

export const getUptime = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/uptime',
  operationId: 'getUptime',
  summary: 'The uptime of a range, to the millisecond; the last 30 days where nothing is said',
  tag: 'monitors',
  access: 'read',
  problems: [404],
  schema: { params, querystring: Type.Object(range), response: { 200: UptimeView } },
});

/** More stretches than these are not told: the oldest are left out. */
export const mostStretches = 2_000;
export const TimelineView = Type.Object({
  from: Instant,
  to: Instant,
  /** They lie side by side and fill the range, oldest first; `unknown` is a gap: nobody looked. */
  stretches: Type.Array(
    Type.Object({ state: words(['up', 'down', 'unknown', 'left-out']), from: Instant, to: Instant }),
  ),
});
export type TimelineView = Static<typeof TimelineView>;

export const getTimeline = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/timeline',
  operationId: 'getTimeline',
  summary:
    'When it was up, down, unknown or left out, as its uptime counts it; the last 24 hours where nothing is said',
  tag: 'monitors',
  access: 'read',
  problems: [404],
  schema: { params, querystring: Type.Object(range), response: { 200: TimelineView } },
});

const Outcome = Type.Object({
  incidents: Type.Integer(),
  /** Those that last as long as the monitor's `alertAfterMs`. */
  alerts: Type.Integer(),
  /** Alerts by the escalation rules as they are, had nobody acknowledged: each message to each channel. */
  sent: Type.Integer(),
  /** More would have been sent: of one incident no more than 2,000 messages are replayed. */
  isLeast: Type.Boolean(),
  downMs: Type.Integer(),
});
/** Where a replay of a monitor by other settings has its limits. */
export const previewCaveats = [
  /** Looks that took longer than the wanted timeout count as failed. */
  'shorter-timeout',
  /** Looks that were given up count as failed: whether more time had brought an answer can't be known. */
  'longer-timeout',
  /** Looks that a sparser rhythm would not have made are left out. */
  'longer-interval',
  /** What looks between those that were made had seen can't be known: nothing of it is replayed. */
  'shorter-interval',
  /** Its parents failed more often than is read: what lies further back is not known. */
  'parents-cut',
] as const;

export const PolicyPreview = Type.Object({
  /** What is older was not replayed. */
  from: Instant,
  to: Instant,
  present: Outcome,
  wanted: Outcome,
  /** The newest 100 that would have been. */
  incidents: Type.Array(
    Type.Object({
      startedAt: Instant,
      resolvedAt: nullable(Instant),
      code: Type.String(),
      regions: Type.Array(RegionId),
    }),
  ),
  /** One plain sentence. */
  summary: Type.String(),
  /** What a replay can't know, in one sentence. */
  assumes: Type.String(),
  /** What of the wanted settings the log can't tell, or tells only nearly. */
  caveats: Type.Array(
    Type.Object({
      what: words(previewCaveats),
      /** The looks that it is about. */
      looks: Type.Integer(),
      /** One plain sentence. */
      summary: Type.String(),
    }),
  ),
});
export type PolicyPreview = Static<typeof PolicyPreview>;

const { regions, tags, policyId, alertAfterMs, intervalMs, timeoutMs, parents } = NewMonitor.properties;
/** A policy, and what else decides how its incidents open and are told; what isn't named stays. */
export const PreviewedPolicy = strict({
  ...JudgementPolicyPatch.properties,
  ...{ regions, tags, policyId, alertAfterMs, intervalMs, timeoutMs, parents },
});
export type PreviewedPolicy = Static<typeof PreviewedPolicy>;

export const previewPolicy = defineEndpoint({
  method: 'POST',
  url: '/v1/monitors/:monitorId/policy-preview',
  operationId: 'previewPolicy',
  summary: 'What other policy settings would have come to in the last 30 days; changes nothing',
  tag: 'monitors',
  access: 'read',
  problems: [404, 503],
  schema: { params, body: PreviewedPolicy, response: { 200: PolicyPreview } },
});
