import { type Static, Type } from 'typebox';
import { causeWords, hopWords } from './causes.ts';
import { CheckResultView } from './check-results.ts';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable, RegionId, strict, words } from './values.ts';

const Cause = words(causeWords);
const Hop = words(hopWords);
const Confidence = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'of answers given with a confidence of p, about p are right',
});

/** The check that shows something: `resultId` names it in its monitor's response log. */
const LookView = Type.Object({
  region: RegionId,
  family: CheckResultView.properties.family,
  at: Instant,
  resultId: CheckResultView.properties.id,
});

const SnippetView = Type.Object({ kind: words(['command', 'config']), title: Type.String(), text: Type.String() });
const AdviceView = Type.Object({ text: Type.String(), snippets: Type.Array(SnippetView) });

/** Who wrote the answer, who broke, why, and what to do first: packages/diagnosis' Diagnosis, moments as text. */
export const DiagnosisView = Type.Object({
  /** Who wrote the answer: `product` null = nobody, `unknown` = unsure. */
  wroteBy: Type.Object({
    product: nullable(Type.String({ examples: ['nginx'] })),
    name: Type.String(),
    hop: Hop,
    confidence: Confidence,
  }),
  /** The way of an answer, from the visitor on, as far as it shows. */
  chain: Type.Array(
    Type.Object({
      role: words(['edge', 'gateway', 'origin']),
      product: Type.String(),
      name: Type.String(),
      because: Type.String({ examples: ['via: 1.1 varnish'] }),
    }),
  ),
  requestIds: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  broke: Type.Object({ hop: Hop, confidence: Confidence }),
  /** Likeliest first; never empty. */
  causes: Type.Array(Type.Object({ cause: Cause, hop: Hop, confidence: Confidence, words: Type.String() })),
  /** `confirmed`: a log says so. `probable`: one cause stands out. `open`: several fit, and what is seen can't separate them. */
  certainty: words(['confirmed', 'probable', 'open']),
  /** One sentence for the owner. */
  summary: Type.String(),
  evidence: Type.Array(
    Type.Object({
      id: Type.String(),
      text: Type.String(),
      speaksFor: Type.Array(Cause),
      speaksAgainst: Type.Array(Cause),
      /** Null = the case as a whole, or a log. */
      look: nullable(LookView),
    }),
  ),
  firstFix: AdviceView,
  nextCheck: AdviceView,
  /** What would show that this is wrong. */
  disproof: Type.String(),
  /** One calm sentence for visitors. */
  visitor: Type.String(),
  /** What a long outage does to search ranking; null while it is short. */
  searchNote: nullable(Type.String()),
});
export type DiagnosisView = Static<typeof DiagnosisView>;

/** One version in the list of them. `why` it was made: the incident opened, new evidence came, a log was read or taken away, it was resolved. */
export const DiagnosisVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  madeAt: Instant,
  why: words(['opened', 'evidence', 'log', 'resolved']),
  cause: Cause,
  confidence: Confidence,
});
export type DiagnosisVersion = Static<typeof DiagnosisVersion>;

/** What somebody said of a version. `cause` and `hop`: what it was instead, as far as they know. */
export const DiagnosisFeedback = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  verdict: words(['right', 'wrong']),
  cause: nullable(Cause),
  hop: nullable(Hop),
  note: nullable(Type.String()),
  /** `accountId` null: by an API key. */
  by: Type.Object({ accountId: nullable(Id), name: Type.String() }),
  at: Instant,
});
export type DiagnosisFeedback = Static<typeof DiagnosisFeedback>;

export const IncidentDiagnosis = Type.Object({
  incidentId: Id,
  /** The version that was asked for, the newest when none was; null while there is none yet. */
  shown: nullable(Type.Object({ ...DiagnosisVersion.properties, diagnosis: DiagnosisView })),
  /** All that are kept, newest first. */
  versions: Type.Array(DiagnosisVersion),
  /** Newest first. */
  feedback: Type.Array(DiagnosisFeedback),
});
export type IncidentDiagnosis = Static<typeof IncidentDiagnosis>;

/** What an alert's webhook and the live page need of it. */
export const DiagnosisBrief = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  cause: Cause,
  hop: Hop,
  confidence: Confidence,
  certainty: DiagnosisView.properties.certainty,
  wroteBy: nullable(Type.String({ description: 'a product’s id; null = nobody answered', examples: ['nginx'] })),
  summary: Type.String(),
  firstFix: Type.String(),
  /** The first thing to type; null = there is none. */
  command: nullable(Type.String()),
});
export type DiagnosisBrief = Static<typeof DiagnosisBrief>;

const params = Type.Object({ incidentId: Id });
const base = { tag: 'incidents', problems: [404] } as const;

export const getDiagnosis = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/incidents/:incidentId/diagnosis',
  operationId: 'getIncidentDiagnosis',
  summary: 'Who broke it, why, and what to do first: the newest version or an older one, and what was said of them',
  access: 'read',
  schema: {
    params,
    querystring: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }),
    response: { 200: IncidentDiagnosis },
  },
});
export const giveDiagnosisFeedback = defineEndpoint({
  ...base,
  method: 'PUT',
  url: '/v1/incidents/:incidentId/diagnosis/feedback',
  problems: [404, 409],
  operationId: 'giveDiagnosisFeedback',
  summary:
    'Say whether a version of the diagnosis was right, or what it was instead; the last word of each person counts',
  access: 'write',
  schema: {
    params,
    body: strict({
      verdict: DiagnosisFeedback.properties.verdict,
      /** The version that is judged; the newest, when left out. */
      version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
      /** Only with `wrong`. */
      cause: Type.Optional(Cause),
      hop: Type.Optional(Hop),
      note: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    }),
    response: { 200: DiagnosisFeedback },
  },
});
