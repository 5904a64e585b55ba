import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable } from './values.ts';

const Moment = nullable(Instant);
const Text = Type.String();
/** From and to; an array of two, since the serialiser takes no null in a tuple. */
const Between = Type.Array(Moment, { minItems: 2, maxItems: 2 });

const CheckView = Type.Object({
  at: Moment,
  region: nullable(Text),
  method: Text,
  url: Text,
  status: nullable(Type.Integer()),
  reason: nullable(Text),
  address: nullable(Text),
  httpVersion: nullable(Text),
  totalMs: nullable(Type.Number()),
  phases: Type.Array(Type.Object({ phase: Text, ms: Type.Number() })),
  headers: Type.Array(Type.Array(Text, { minItems: 2, maxItems: 2 })),
});

/** What a hosting provider needs to find an outage in its own logs: packages/diagnosis' HandOver. */
export const HandOverView = Type.Object({
  version: Type.Literal(1),
  incidentId: Id,
  monitor: Text,
  url: Text,
  madeAt: Instant,
  startedAt: Instant,
  resolvedAt: Moment,
  durationMs: Type.Number({ minimum: 0 }),
  /** The start lies between the last good and the first failing check, the clear between the last failing and the first good one. */
  startBetween: Between,
  clearBetween: Between,
  codes: Type.Array(
    Type.Object({ code: Text, region: Text, startedAt: Instant, lastSeenAt: Instant, endedAt: Moment }),
  ),
  requestIds: Type.Array(Type.Object({ name: Text, value: Text, at: Moment, region: nullable(Text) })),
  addresses: Type.Array(Text),
  certificate: nullable(
    Type.Object({
      subject: Text,
      issuer: Text,
      names: Type.Array(Text),
      startsAt: Moment,
      endsAt: Moment,
      serial: Text,
      sha256: Text,
      error: nullable(Text),
    }),
  ),
  checks: Type.Array(CheckView),
  /** The start of the error page, as text; null = there was no page. */
  page: nullable(Text),
  diagnosis: nullable(
    Type.Object({
      summary: Text,
      certainty: Text,
      wroteBy: Text,
      causes: Type.Array(Type.Object({ cause: Text, words: Text, confidence: Type.Number() })),
      evidence: Type.Array(Text),
      firstFix: Text,
      nextCheck: Text,
    }),
  ),
});
export type HandOverView = Static<typeof HandOverView>;

export const getHandOver = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents/:incidentId/hand-over',
  operationId: 'getIncidentHandOver',
  summary:
    'All that a hosting provider needs to find the outage on its side, as JSON, as text (`Accept: text/plain`) or as a page to print (`Accept: text/html`)',
  tag: 'incidents',
  access: 'read',
  problems: [404],
  schema: {
    params: Type.Object({ incidentId: Id }),
    querystring: Type.Object({
      /** For links in a page, which can't say what they accept. */
      format: Type.Optional(Type.Enum(['json', 'text', 'page'])),
    }),
    response: { 200: HandOverView },
  },
});
