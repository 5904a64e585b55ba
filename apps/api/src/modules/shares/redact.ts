import type { getResult, LookDetailsView, ReplyOf } from '@farwatch/contracts';

type Look = ReplyOf<typeof getResult>;
type Evidence = NonNullable<Look['evidence']>;

/** Stands where something was left out. */
export const hidden = '…';

/** Names of headers whose values may let somebody in, or say who it is. */
const secretName =
  /cookie|auth|token|secret|session|csrf|xsrf|api-?key|password|signature|credential|jwt|saml|-id$|^id$/iu;
/** Headers that hold an address. */
const addressName = /^(?:location|content-location|link|refresh|referer|x-original-url|x-rewrite-url)$/iu;

/** An address without its log-in and without what follows the question mark: both may hold a token. */
export const bareUrl = (url: string): string => {
  const [path = '', ...rest] = url.split(/[?#]/u);
  const bare = path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/iu, '$1//');
  return rest.length === 0 ? bare : `${bare}?${hidden}`;
};

const headerOf = ([name, value]: readonly [string, string]): [string, string] => {
  if (secretName.test(name)) return [name, hidden];
  return [name, addressName.test(name) ? bareUrl(value) : value];
};

const evidenceOf = (evidence: Evidence, withBody: boolean): Evidence => {
  const { decodedBase64: decoded, bodyBase64, ...rest } = evidence;
  return {
    ...rest,
    url: bareUrl(evidence.url),
    headers: evidence.headers.map(headerOf),
    bodyBase64: withBody ? bodyBase64 : '',
    ...(decoded === undefined || !withBody ? {} : { decodedBase64: decoded }),
  };
};

/** The origin is left out: whoever knows its address gets around the CDN. */
const detailsOf = ({ hops, findings }: LookDetailsView): LookDetailsView => ({
  hops: hops.map((hop) => ({ ...hop, url: bareUrl(hop.url) })),
  findings,
});

/** What an assertion found is part of the answer, and may be part of its body. */
const outcomeOf = (outcome: Look['outcome'], withBody: boolean): Look['outcome'] =>
  outcome.verdict === 'down' && outcome.failure.kind === 'assertion' && !withBody
    ? { ...outcome, failure: { ...outcome.failure, got: hidden } }
    : outcome;

/** One look as strangers may see it. */
export const redacted = ({ evidence, details, ...look }: Look, withBody: boolean): Look => ({
  ...look,
  outcome: outcomeOf(look.outcome, withBody),
  evidence: evidence === null ? null : evidenceOf(evidence, withBody),
  details: details === null ? null : detailsOf(details),
});
