import { type Evidence, expectsStatus, type Failure, type Finding, type Hop, type HopPhases } from '@farwatch/domain';
import type { Asserted } from './assert/assertions.ts';
import type { DialRules } from './dial/addresses.ts';
import { type Dialled, type DialTarget, dial } from './dial/dial.ts';
import { evidenceOf, redactUrl, secretsOf } from './evidence/evidence.ts';
import { knownSecrets, without } from './evidence/secrets.ts';
import { type Content, contentOf } from './http/content.ts';
import { exchange } from './http/exchange.ts';
import type { Exchange, Head } from './http/http-answer.ts';
import { allCodings, type Question } from './http/question.ts';
import { nextUrl } from './http/redirect.ts';
import type { LookRequest } from './look-request.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What a look goes by on its way. */
export type Way = Readonly<{ request: LookRequest; rules: DialRules; watch: Stopwatch; signal: AbortSignal }>;
/** Where a look is, and whom it asks what. `isFirst`: at the origin that the owner named, where overrides hold. */
export type Place = Readonly<{ url: URL; question: Question; isFirst: boolean }>;

/** One request and what came of it. */
export type HopEnd = Readonly<{
  failure: Failure | null;
  hop: Hop;
  findings: readonly Finding[];
  /** Where it leads, when it may still be followed. */
  next: URL | null;
  /** The answer, when it is whole, its status counts as up and it leads nowhere. */
  whole: () => Pick<Asserted, 'url' | 'headers' | 'body'> | null;
  /** What the answer looked like; null when there was none. */
  evidence: () => Evidence | null;
}>;

const network = (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Failure => ({
  ...{ kind: 'network', phase },
  code,
});
/** TLS can still fail once the handshake looks done: TLS 1.3 servers refuse a client certificate that late. */
const faultPhase = (code: string): 'tls' | 'protocol' => (/^ERR_(?:SSL|TLS)_/u.test(code) ? 'tls' : 'protocol');
const timedOut = ({ request }: Way): Failure => ({ kind: 'timeout', afterMs: request.timeoutMs });

const portOf = (url: URL): number => Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port);

/** Where the connection goes: to the URL's host, or, for the origin twin, to an address that answers for it. */
const targetOf = ({ request }: Way, { url, isFirst }: Place): DialTarget => ({
  hostname: url.hostname,
  port: portOf(url),
  secure: url.protocol === 'https:',
  verify: request.verifyTls ?? true,
  serverName: isFirst ? (request.serverName ?? null) : null,
  http: request.http ?? 'auto',
  family: request.family ?? 'any',
  resolvers: request.resolvers ?? [],
});

const credentialsOf = ({ secret = null }: LookRequest): readonly string[] => (secret === null ? [] : [secret.value]);
/** What the asked URL holds of secrets: later hops and their pages may repeat it. */
const askedSecrets = ({ url }: LookRequest): readonly string[] => {
  const asked = /[?@]/u.test(url) ? URL.parse(url) : null;
  return asked === null ? [] : secretsOf(asked);
};

/** Text without what this look knows of secrets: a server may repeat them anywhere. */
const clean = (text: string, request: LookRequest): string => {
  const [credentials, values] = [credentialsOf(request), askedSecrets(request)];
  return credentials.length + values.length === 0 ? text : without(text, knownSecrets(credentials, values));
};
const shownUrl = (url: URL, request: LookRequest): string =>
  clean(redactUrl(url.href), request).slice(0, 2_048).toWellFormed();
const cleanFindings = (findings: readonly Finding[], request: LookRequest): readonly Finding[] =>
  findings.length === 0
    ? findings
    : findings.map((one) => ({ ...one, text: clean(one.text, request).slice(0, 1_000) }));

type Met = Readonly<{ dialled: Dialled; answer: Exchange | null; content: Content | null }>;
const hopOf = (shown: string, phases: HopPhases, { dialled, answer, content }: Met): Hop => ({
  url: shown,
  tried: dialled.tried,
  address: dialled.address,
  httpVersion: answer?.head?.version ?? null,
  status: answer?.head?.status ?? null,
  tls: dialled.tls,
  phases,
  wireBytes: answer?.head ? answer.bytes : null,
  decodedBytes: answer?.head ? (content?.bytes.length ?? null) : null,
  coding: content?.coding ?? null,
});

const refused = (way: Way, place: Place, dialled: Extract<Dialled, { ok: false }>): HopEnd => ({
  failure: dialled.code === 'ABORTED' ? timedOut(way) : network(dialled.phase, dialled.code),
  hop: hopOf(shownUrl(place.url, way.request), way.watch.lap(), { dialled, answer: null, content: null }),
  ...{ findings: [], next: null, whole: () => null, evidence: () => null },
});

const judge = (way: Way, { head, fault }: Exchange, content: Content): Failure | null => {
  if (fault === 'ABORTED') return timedOut(way);
  if (fault !== null) return network(faultPhase(fault), fault);
  if (head === null) return network('protocol', 'EMPTY_ANSWER'); // unreachable: no fault means there was a head
  if (!expectsStatus(way.request.expectedStatuses, head.status)) return { kind: 'status', status: head.status };
  return content.fault === null ? null : network('protocol', content.fault);
};

const redirectFailure = (next: URL | 'invalid', mayFollow: boolean): Failure | null => {
  if (next === 'invalid') return network('protocol', 'INVALID_REDIRECT');
  return mayFollow ? null : network('protocol', 'TOO_MANY_REDIRECTS');
};

const charsetOf = (headers: Asserted['headers']): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset="?([\w-]{1,40})/iu.exec(type)?.[1] ?? 'utf-8';
};
const textOf = (body: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8'); // a charset nobody knows
  }
};
const wholeOf = (url: URL, { headers }: Head, { bytes }: Content): ReturnType<HopEnd['whole']> => ({
  url: url.href,
  headers,
  body: textOf(bytes, charsetOf(headers)),
});

/** What is asked over a connection, by the settings of the look. */
const askOf = ({ request, watch }: Way, { url, question, isFirst }: Place, codings: string) => ({
  url,
  question,
  codings,
  userAgent: request.userAgent,
  host: isFirst ? (request.hostHeader ?? null) : null,
  http: request.http ?? 'auto',
  onSent: () => watch.enter('firstByte'),
  onFirstByte: () => watch.enter('download'),
});

/** One request over a connection of its own. */
export const takeHop = async (
  way: Way,
  place: Place,
  { mayFollow, codings = allCodings }: Readonly<{ mayFollow: boolean; codings?: string }>,
): Promise<HopEnd> => {
  const { request, rules, watch, signal } = way;
  const { url, question } = place;
  const dialled = await dial(targetOf(way, place), rules, signal, watch.enter);
  if (!dialled.ok) return refused(way, place, dialled);
  watch.enter('request');
  const leadsTo = (head: Head) => (request.maxRedirects === 0 ? null : nextUrl(head, url));
  const skipBody = (head: Head): boolean => mayFollow && leadsTo(head) instanceof URL;
  const answer = await exchange(dialled.socket, { ...askOf(way, place, codings), skipBody }, signal);
  const phases = watch.lap(); // before anybody reads what came
  const { head } = answer;
  const next = answer.fault === null && head !== null ? leadsTo(head) : null;
  const content = next instanceof URL && mayFollow ? unread : await contentOf(answer, question.method);
  const hop = hopOf(shownUrl(url, request), phases, { dialled, answer, content });
  const failure = next === null ? judge(way, answer, content) : redirectFailure(next, mayFollow);
  return {
    failure,
    hop,
    findings: cleanFindings(content.findings, request),
    next: failure === null && next instanceof URL ? next : null,
    whole: () => (failure === null && next === null && head !== null ? wholeOf(url, head, content) : null),
    evidence: () => evidenceOf(url, answer, content, credentialsOf(request), askedSecrets(request)),
  };
};

/** The body of a redirect that is followed: nobody looks at it. */
const unread: Content = { bytes: Buffer.alloc(0), coding: null, findings: [], fault: null, readable: true };
