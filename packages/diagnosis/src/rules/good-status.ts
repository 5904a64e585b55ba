import type { Failure } from '@farwatch/domain';
import type { Answer } from '../case.ts';
import type { Cause, Weights } from '../causes.ts';
import { type Page, pageOf } from './page.ts';
import type { Clue, Facts, Rule } from './rule.ts';
import { pageWords, type Words } from './words.ts';

/** A page that says little more than that it failed. */
const shortText = 1_200;
const fewWords = 400;
const fewRaw = 3_000;
const maxBody = 65_536;
/** Even a framed error page with menus. */
const mediumText = 4_000;

const mayBeEmpty = ({ status }: Answer, method: string): boolean =>
  method === 'HEAD' ||
  method === 'OPTIONS' ||
  status === 204 ||
  status === 205 ||
  status === 304 ||
  (status ?? 200) >= 300;

const headerOf = ({ headers }: Answer, name: string): string =>
  headers
    .filter(([each]) => each.toLowerCase() === name)
    .map(([, value]) => value)
    .join(', ');

/** A cache says so when it serves a copy because the origin is away. */
const staleOf = (answer: Answer): string | null => {
  const warning = headerOf(answer, 'warning');
  if (/\b11[01]\b/u.test(warning)) return `Warning: ${warning.slice(0, 80)}`;
  for (const name of [
    'x-cache',
    'x-cache-status',
    'x-proxy-cache',
    'cf-cache-status',
    'x-drupal-cache',
    'x-varnish-cache',
    'cache-status',
  ]) {
    const value = headerOf(answer, name);
    if (/\bstale\b(?!-while)/iu.test(value) || /fwd=stale/iu.test(value)) return `${name}: ${value.slice(0, 80)}`;
  }
  return null;
};

const secondsIn = (text: string, name: RegExp): number | null => {
  const [, seconds] = name.exec(text) ?? [];
  return seconds === undefined ? null : Number(seconds);
};
/**
 * A copy older than the answer's own word allows. A cache may have been told another age by its operator, or fetches a new copy
 * meanwhile: it does not prove that the origin is away.
 */
const isOverAge = (answer: Answer): boolean => {
  const age = secondsIn(headerOf(answer, 'age'), /^(\d{1,9})$/u);
  const rule = headerOf(answer, 'cache-control');
  const most = secondsIn(rule, /\bs-maxage="?(\d{1,9})/iu) ?? secondsIn(rule, /\bmax-age="?(\d{1,9})/iu);
  return age !== null && most !== null && age > most + 1;
};

/** `{"status":"error"}`, `{"error": …}` at the start of a short JSON answer. */
const isJsonError = ({ body }: Answer): boolean =>
  body.length < 4_000 &&
  /^\s*\{\s*(?:"(?:status|state|health)"\s*:\s*"(?:error|fail|failed|failure|down|unhealthy|critical)"|"errors?"\s*:\s*(?:"|\{|\[\s*\{)|"(?:code|status|statusCode)"\s*:\s*5\d\d\b)/iu.test(
    body,
  );

/** A title that is an error's own, not one that speaks of errors. */
const isNamedIn = (title: string): boolean =>
  /^(?:[\w.-]{1,60} [|–-] )?(?:oops\W{0,3} ?)?(?:(?:http |server )?error\b|(?:we(?:['’]re| are) )?sorry\b|page not found|not found|forbidden|\d{3}\b|bad gateway|gateway time|service (?:is )?(?:temporarily )?unavailable|internal server|access denied|attention required|just a moment|(?:site |down for |under |scheduled )?maintenance|database error|application error|proxy error|(?:site|website|page) (?:is )?(?:temporarily )?(?:down|unavailable|offline)|blocked|something went wrong)/iu.test(
    title,
  ) && title.length < 90;

/** Where a program's own error stands: at the beginning or the end, or the page is hardly more. */
const rawPartOf = (body: string, page: Page): string =>
  page.length < fewRaw ? body.slice(0, maxBody) : `${body.slice(0, 600)}\n${body.slice(-800)}`;

/** Whether words on a good page are its message, not its subject: an article may speak of bad gateways. */
const isMessage = ({ of, isRaw }: Words, page: Page, body: string): boolean => {
  if (isRaw) return of.test(rawPartOf(body, page)) || (page.length < fewRaw && of.test(page.text));
  const inTitle = of.test(page.title);
  if (!inTitle && !of.test(page.text.slice(0, 600))) return false;
  if (page.length < shortText) return inTitle || isNamedIn(page.title) || page.length < fewWords;
  return inTitle && page.length < mediumText && isNamedIn(page.title);
};

/** What a masked page may be besides: each a quarter of what the same words mean on an honest one. */
const besides: readonly Cause[] = ['maintenance', 'blocked', 'rate-limited'];
const maskedBy = ({ text, weights }: Words): Clue => ({
  text: `the status is good, but ${text}`,
  weights: {
    ...{ 'masked-outage': 30, 'app-error': 2, healthy: 0.6 },
    ...Object.fromEntries(
      besides.flatMap((cause) => (weights[cause] === undefined ? [] : [[cause, weights[cause] / 4]])),
    ),
  },
});

const errorIn = (answer: Answer, page: Page): Clue | null => {
  const words = pageWords.find((each) => isMessage(each, page, answer.body));
  if (words !== undefined) return maskedBy(words);
  if (!isJsonError(answer)) return null;
  return {
    text: 'the answer is a JSON document that says it failed',
    weights: { 'masked-outage': 30, 'app-error': 4, healthy: 1 },
  };
};

const defaultPage =
  /^(?:welcome to (?:nginx|centos|openresty|caddy|tengine)|apache2 (?:debian|ubuntu) default page|it works!?|iis windows server|test page for|caddy works|placeholder page|default web site page|domain default page|index of \/)/iu;

/** How other protocols greet. */
const greeting = /^(?:SSH-\d|220[ -]|\* OK |\+OK |-ERR )/u;
/** Below this only tab, line feed, form feed and carriage return belong in a text. */
const isControl = (body: string): boolean => /^\p{Cc}/u.test(body) && !/^\s/u.test(body);

/** Bytes that a gateway took for an answer of HTTP/0.9, or handed on as they were. */
const isRawBytes = (answer: Answer): boolean =>
  headerOf(answer, 'x-transformed-from') === 'HTTP/0.9' ||
  (headerOf(answer, 'content-type') === '' && (greeting.test(answer.body) || isControl(answer.body)));

const contentOf = (answer: Answer, method: string): Clue => {
  if (isRawBytes(answer))
    return {
      text: 'the status is good, but what came is not what a web server sends',
      weights: { 'origin-invalid-response': 30, 'gateway-wrong-target': 8, 'masked-outage': 2 },
    };
  const stale = staleOf(answer);
  if (stale !== null)
    return { text: `a cache serves an old copy (${stale})`, weights: { 'healthy-stale': 30, healthy: 1 } };
  if (answer.bodyBytes === 0 && !mayBeEmpty(answer, method))
    return { text: 'the status is good, but the page is empty', weights: { 'empty-page': 40, 'masked-outage': 1 } };
  const page = pageOf(answer);
  if (
    page.isHtml &&
    page.text === '' &&
    !mayBeEmpty(answer, method) &&
    !/<(?:script|iframe|img|svg|canvas|frameset|meta http-equiv)/iu.test(answer.body)
  )
    return {
      text: 'the status is good, but the page holds no text',
      weights: { 'empty-page': 30, 'masked-outage': 1 },
    };
  const error = errorIn(answer, page);
  if (error !== null) return error;
  if (defaultPage.test(page.title) || (page.length < 300 && defaultPage.test(page.text)))
    return {
      text: "the page is a web server's own placeholder",
      weights: { 'gateway-config': 12, healthy: 10, 'gateway-wrong-target': 4 },
    };
  if (isOverAge(answer))
    return {
      text: 'the page reads like a page, and a cache serves a copy that is older than it may be',
      weights: { healthy: 24, 'healthy-stale': 18, 'masked-outage': 0.3 },
    };
  return {
    text: `HTTP ${answer.status}, and the page reads like a page`,
    weights: { healthy: 60, 'masked-outage': 0.6 },
  };
};

const unexpected: Weights = { 'gateway-config': 8, 'app-error': 5, maintenance: 3, 'origin-refusing': 2, blocked: 2 };
const notAsserted: Weights = { 'masked-outage': 16, 'app-error': 14, 'gateway-wrong-target': 3, 'gateway-config': 3 };

/** The monitor judged it: what it missed counts where the page itself says nothing. */
const judgedOf = (clue: Clue, failure: Failure): Clue => {
  if (failure.kind === 'status')
    return { text: `HTTP ${failure.status} is not among what is expected`, weights: unexpected };
  const isGood = (clue.weights.healthy ?? 0) > 20;
  if (failure.kind !== 'assertion' || !isGood) return clue;
  return {
    text: `the answer is not what is expected of it: expected ${failure.expected.slice(0, 120)}`,
    weights: notAsserted,
  };
};

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { answer, failure, method, ref } = look;
  if (answer === null || (answer.status ?? 500) >= 400) return [];
  const clue = contentOf(answer, method);
  return [{ ...(failure === null ? clue : judgedOf(clue, failure)), look: ref }];
};

/** A good status is not yet a good page. */
export const goodStatus: Rule = {
  id: 'good-status',
  source: 'RFC 9111, section 4.2.4 and RFC 9211 (stale); pages people meet',
  part: 'opening',
  read,
};
