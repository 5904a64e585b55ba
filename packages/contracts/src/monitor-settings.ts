import { type Static, Type } from 'typebox';
import { Assertions } from './assertions.ts';
import { connectionDefaults } from './connection.ts';
import { Id, Name, nullable, RegionId, strict, Tag, words } from './values.ts';

/** Which status codes count as up: single codes and inclusive ranges, `200-399` or `200,204,301-302`. */
const ExpectedStatuses = Type.String({
  pattern: '^[1-9][0-9]{2}(-[1-9][0-9]{2})?(,[1-9][0-9]{2}(-[1-9][0-9]{2})?){0,15}$',
  examples: ['200-399'],
});
/** What it takes to change the judgement; null = the default for that many regions. */
const policySettings = {
  /** How many of the regions that answer must say so. */
  agree: Type.Union([words(['any', 'majority', 'all']), Type.Integer({ minimum: 1, maximum: 32 })]),
  /** Failures in a row that one region must see: 2 where only one looks, else 1. */
  failuresToOpen: nullable(Type.Integer({ minimum: 1, maximum: 10 })),
  /** Good looks in a row that one region must see: 2 where only one looks, else 1. */
  successesToResolve: nullable(Type.Integer({ minimum: 1, maximum: 10 })),
  /** Degraded looks in a row. */
  degradedAfter: Type.Integer({ minimum: 1, maximum: 10 }),
  /** So long after the monitor was made, changed or resumed nothing opens. */
  graceMs: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
};
export const JudgementPolicyView = Type.Object(policySettings);
export const JudgementPolicyPatch = strict({
  agree: Type.Optional(policySettings.agree),
  failuresToOpen: Type.Optional(policySettings.failuresToOpen),
  successesToResolve: Type.Optional(policySettings.successesToResolve),
  degradedAfter: Type.Optional(policySettings.degradedAfter),
  graceMs: Type.Optional(policySettings.graceMs),
});

const headerName = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$";
/** RFC 9110, section 5.5, without what no header needs. */
const headerValue = '^[\\x20-\\x7e\\u00a0-\\u00ff]*$';
const HeaderValue = Type.String({ maxLength: 2_000, pattern: headerValue });
const requestSize = 'Headers, body and assertions of a monitor have at most 64 KiB together, as JSON.';
const headersText = `Sent along to the URL’s own origin, and shown to every member: what is secret belongs into \`auth\`. A name has 1 to 100 of letters, digits and !#$%&'*+.^_\`|~-, in any case. ${requestSize}`;
const Secret = Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[\\x21-\\x7e]+$' });
/** How a monitor logs in. Kept encrypted, sent to the URL's own origin alone, and never shown again. */
export const MonitorAuth = Type.Union([
  strict({
    kind: Type.Literal('basic'),
    username: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^:\\x00-\\x1f\\x7f]+$' }),
    password: Type.String({ maxLength: 1_000, pattern: '^[^\\x00-\\x1f\\x7f]*$' }),
  }),
  strict({ kind: Type.Literal('bearer'), token: Secret }),
  strict({ kind: Type.Literal('header'), name: Type.String({ pattern: headerName }), value: Secret }),
]);
export type MonitorAuth = Static<typeof MonitorAuth>;
export const authDescription =
  'How it logs in; absent = as it is, null = none. Sealed, and never shown again. A patch that leads it elsewhere must bring it again, or null: a URL of another scheme, host or port, another server name, Host header, resolver or origin.';

/** What can be set of a monitor, each as it is shown. */
export const monitorSettings = {
  name: Name(200, ['Shop']),
  url: Type.String({
    minLength: 1,
    examples: ['https://example.com/'],
    description: 'http or https, at most 2,048 characters',
  }),
  method: words(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  /** Sent along to the URL's own origin. What is secret belongs into `auth`: these are shown to every member. */
  headers: Type.Record(Type.String({ pattern: headerName }), HeaderValue, {
    maxProperties: 20,
    additionalProperties: false,
    description: headersText,
  }),
  /** Sent as it is, with POST, PUT, PATCH and DELETE. */
  body: nullable(Type.String({ maxLength: 65_536, description: requestSize })),
  /** False: a certificate that can't be verified is no failure; when it ends is watched all the same. */
  verifyTls: Type.Boolean(),
  intervalMs: Type.Integer({ minimum: 10_000, maximum: 86_400_000 }),
  timeoutMs: Type.Integer({ minimum: 500, maximum: 60_000 }),
  maxRedirects: Type.Integer({ minimum: 0, maximum: 20 }),
  expectedStatuses: ExpectedStatuses,
  regions: Type.Array(RegionId, { minItems: 1, maxItems: 32, uniqueItems: true }),
  tags: Type.Array(Tag, { maxItems: 20, uniqueItems: true }),
  /** Who hears of its incidents; null = by tag, else the organisation's default policy. */
  policyId: nullable(Id),
  /** An incident shorter than this is recorded and told to nobody. */
  alertAfterMs: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
  /** Monitors it can't be up without: while one of them is down, its own incidents are part of that one and silent. */
  parents: Type.Array(Id, { maxItems: 10, uniqueItems: true }),
  /** What an answer must be besides its status, or it is down. */
  assertions: Assertions,
  /** A good answer that took longer is degraded; null = never. */
  degradedAboveMs: nullable(Type.Integer({ minimum: 1, maximum: 60_000 })),
};

/** What is used where a new monitor says nothing; `regions` then means every region there is. */
export const monitorDefaults = {
  method: 'GET',
  headers: {},
  body: null,
  verifyTls: true,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  maxRedirects: 10,
  expectedStatuses: '200-399',
  tags: [],
  policyId: null,
  alertAfterMs: 0,
  parents: [],
  assertions: [],
  degradedAboveMs: null,
  connection: connectionDefaults,
} as const;

/** Of headers those that are named: null takes one away. */
export const HeadersPatch = Type.Record(Type.String({ pattern: headerName }), nullable(HeaderValue), {
  maxProperties: 40,
  additionalProperties: false,
  description: `${headersText} Those that are not named stay; null takes one away. At most 20 in all.`,
});
