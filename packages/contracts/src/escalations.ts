import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { channelKinds, Id, Instant, Name, nullable, Page, pageQuery, strict, Tag, words } from './values.ts';

const name = Name(200);
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
  schema: { querystring: pageQuery, response: { 200: Page(PolicyView) } },
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
