import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { LookDetailsSchema, LookDetailsView } from './look-details.ts';
import { Id, Instant, InstantQuery, nullable, Page, RegionId, words } from './values.ts';

const Millis = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const Length = Type.Number({ minimum: 0 });

export const FailureSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('network'),
    phase: words(['dns', 'connect', 'tls', 'protocol']),
    code: Type.String({ maxLength: 200 }),
  }),
  Type.Object({ kind: Type.Literal('timeout'), afterMs: Length }),
  Type.Object({ kind: Type.Literal('status'), status: Type.Integer({ minimum: 100, maximum: 999 }) }),
  Type.Object({
    kind: Type.Literal('assertion'),
    expected: Type.String({ maxLength: 2_000 }),
    got: Type.String({ maxLength: 2_000 }),
  }),
]);

export const OutcomeSchema = Type.Union([
  Type.Object({ verdict: Type.Literal('up') }),
  Type.Object({ verdict: Type.Literal('degraded'), reason: Type.String({ maxLength: 500 }) }),
  Type.Object({ verdict: Type.Literal('down'), failure: FailureSchema }),
  Type.Object({ verdict: Type.Literal('inconclusive'), reason: Type.String({ maxLength: 500 }) }),
  Type.Object({
    verdict: Type.Literal('missed'),
    reason: words(['overload', 'probe-offline', 'restart', 'region-dark']),
  }),
]);

export const PhasesSchema = Type.Object({
  dnsMs: nullable(Length),
  connectMs: nullable(Length),
  tlsMs: nullable(Length),
  firstByteMs: nullable(Length),
  downloadMs: nullable(Length),
});

export const EvidenceSchema = Type.Object({
  url: Type.String({ maxLength: 8_192 }),
  status: nullable(Type.Integer()),
  reason: nullable(Type.String({ maxLength: 1_000 })),
  headers: Type.Array(Type.Tuple([Type.String(), Type.String()]), { maxItems: 1_000 }),
  bodyBase64: Type.String({ maxLength: 90_000 }),
  bodyTruncated: Type.Boolean(),
  /** The same decoded, where it came with a content coding. */
  decodedBase64: Type.Optional(Type.String({ maxLength: 90_000 })),
});

/** The shape of domain's `CheckResult` on the queue: moments stay epoch milliseconds there. */
export const CheckResultSchema = Type.Object({
  monitorId: Id,
  region: RegionId,
  family: words(['any', 'ipv4', 'ipv6']),
  trigger: words(['schedule', 'confirmation', 'request']),
  scheduledAt: Millis,
  startedAt: Millis,
  totalMs: Length,
  outcome: OutcomeSchema,
  status: nullable(Type.Integer({ minimum: 100, maximum: 999 })),
  bytes: nullable(Type.Integer({ minimum: 0 })),
  remoteAddress: nullable(Type.String({ maxLength: 45 })),
  certificateEndsAt: Type.Optional(nullable(Millis)),
  phases: PhasesSchema,
  evidence: Type.Optional(EvidenceSchema),
  details: Type.Optional(LookDetailsSchema),
});

/** One line of the response log. `id` names it within its monitor. */
export const CheckResultView = Type.Object({
  id: Type.String({ pattern: '^[0-9]{1,16}-[a-z][a-z0-9-]{0,31}-(any|ipv4|ipv6)$' }),
  monitorId: Id,
  region: RegionId,
  family: words(['any', 'ipv4', 'ipv6']),
  trigger: words(['schedule', 'confirmation', 'request']),
  scheduledAt: Instant,
  startedAt: Instant,
  totalMs: Length,
  outcome: OutcomeSchema,
  status: nullable(Type.Integer()),
  bytes: nullable(Type.Integer()),
  remoteAddress: nullable(Type.String()),
  phases: PhasesSchema,
  hasEvidence: Type.Boolean(),
});
export type CheckResultView = Static<typeof CheckResultView>;

const verdictWords = words(['up', 'degraded', 'down', 'inconclusive', 'missed']);
const many = <S extends Parameters<typeof Type.Array>[0]>(item: S) => Type.Optional(Type.Array(item, { maxItems: 20 }));

export const listResults = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/results',
  operationId: 'listResults',
  summary: 'The response log of a monitor, newest first; JSON pages, or a stream as NDJSON or CSV',
  tag: 'results',
  access: 'read',
  problems: [404, 503],
  schema: {
    params: Type.Object({ monitorId: Id }),
    querystring: Type.Object({
      verdict: many(verdictWords),
      status: many(Type.Integer({ minimum: 100, maximum: 999 })),
      region: many(RegionId),
      trigger: many(words(['schedule', 'confirmation', 'request'])),
      /** Looks that failed in one of these ways. */
      failure: many(words(['network', 'timeout', 'status', 'assertion'])),
      from: Type.Optional(InstantQuery),
      to: Type.Optional(InstantQuery),
      /** Opens the log in the middle: what was looked at then and before; `previous` leads to what is newer. A cursor wins. */
      at: Type.Optional(InstantQuery),
      limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(CheckResultView) },
  },
});

export const getResult = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/results/:resultId',
  operationId: 'getResult',
  summary:
    'One check result, with the evidence that was kept of it, and its hops, certificate and findings or those of the look that showed the same before',
  tag: 'results',
  access: 'read',
  problems: [404],
  schema: {
    params: Type.Object({ monitorId: Id, resultId: CheckResultView.properties.id }),
    response: {
      200: Type.Object({
        ...CheckResultView.properties,
        evidence: nullable(EvidenceSchema),
        /** Kept of looks that showed something new, of those a person asked for, and of the first failures. */
        details: nullable(LookDetailsView),
        /** The newest details from the same region and family before it, where it has none of its own: what it showed too. */
        detailsOf: nullable(CheckResultView.properties.id),
      }),
    },
  },
});

/** Percentiles of the time of answered looks, right within 1 %; null when none answered. */
const percentiles = { p50Ms: nullable(Length), p95Ms: nullable(Length), p99Ms: nullable(Length) };
/** Means over the answered looks; a phase that a look did not need counts as 0, so that they add up to the mean of the whole. Of what was looked at before phases were kept there are none: where a mean has such looks in it, they are of the others. */
const MeanPhases = Type.Object({
  dnsMs: Length,
  connectMs: Length,
  tlsMs: Length,
  firstByteMs: Length,
  downloadMs: Length,
});
/** Only where they were asked for; null when no look was answered, or it was rolled up before phases were kept. */
const phases = { phases: Type.Optional(nullable(MeanPhases)) };
const TimesPoint = Type.Object({
  at: Instant,
  /** Mean and slowest over answered looks; null when none answered. */
  meanMs: nullable(Length),
  maxMs: nullable(Length),
  ...percentiles,
  ...phases,
  /** Scheduled looks that were made, and those of them that failed. */
  checks: Type.Integer(),
  down: Type.Integer(),
  /** Those of them that got an answer: the means are over these. */
  answered: Type.Integer(),
});

export const getResponseTimes = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/response-times',
  operationId: 'getResponseTimes',
  summary:
    'Response times of the scheduled looks in equal buckets, by region and over all; beyond two hours from roll-ups of five minutes, from two days on of hours, from 31 on of days (UTC)',
  tag: 'results',
  access: 'read',
  problems: [404, 503],
  schema: {
    params: Type.Object({ monitorId: Id }),
    querystring: Type.Object({
      from: Type.Optional(InstantQuery),
      to: Type.Optional(InstantQuery),
      points: Type.Integer({ minimum: 10, maximum: 2_000, default: 300 }),
      /** Tells also where the time went: `phases` of each point and over the whole range. */
      phases: Type.Boolean({ default: false }),
    }),
    response: {
      200: Type.Object({
        from: Instant,
        to: Instant,
        bucketMs: Type.Integer(),
        /** Over the whole range. */
        ...percentiles,
        ...phases,
        /** All regions together. */
        points: Type.Array(TimesPoint),
        series: Type.Array(
          Type.Object({ region: RegionId, ...percentiles, ...phases, points: Type.Array(TimesPoint) }),
        ),
      }),
    },
  },
});

/** Scheduled looks by verdict: `due` is the sum of the five. */
const counts = {
  due: Type.Integer(),
  up: Type.Integer(),
  degraded: Type.Integer(),
  down: Type.Integer(),
  inconclusive: Type.Integer(),
  missed: Type.Integer(),
  /** (up + degraded) / (up + degraded + down): the looks that could tell; null when none could. */
  goodRatio: nullable(Type.Number({ minimum: 0, maximum: 1 })),
};

export const getAvailability = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/:monitorId/availability',
  operationId: 'getAvailability',
  summary:
    'How many scheduled looks were due and what came of them, by region and over all; confirmations and looks on request are left out',
  tag: 'results',
  access: 'read',
  problems: [404, 503],
  schema: {
    params: Type.Object({ monitorId: Id }),
    querystring: Type.Object({ from: Type.Optional(InstantQuery), to: Type.Optional(InstantQuery) }),
    response: {
      200: Type.Object({
        /** What was counted: the range widened to whole five minutes; to hours before 30 days ago, to days (UTC) in ranges of more than 31. */
        from: Instant,
        to: Instant,
        ...counts,
        regions: Type.Array(Type.Object({ region: RegionId, ...counts })),
      }),
    },
  },
});
