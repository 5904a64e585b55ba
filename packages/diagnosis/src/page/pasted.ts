import type { Failure, Finding } from '@farwatch/domain';
import { recogniseWording } from '../answer/wordings.ts';
import type { Answer, SeenLook } from '../case.ts';
import { pageOf } from '../rules/page.ts';
import { unchunked } from './chunked.ts';
import { failureIn, findingsIn } from './client-words.ts';
import { type Block, bareFieldsAt, blockAt, type Head, isStatusLine } from './head.ts';
import type { Plain } from './plain.ts';
import { plainLines } from './plain-lines.ts';

/** An answer as somebody pasted it. */
export type Pasted = Readonly<{
  url: string | null;
  method: string;
  address: string | null;
  /** From the request to the answer; null = not told. */
  waitedMs: number | null;
  answer: Answer | null;
  /** What the client said of why there was no answer, or none that was whole. */
  failure: Failure | null;
  findings: readonly Finding[];
  /** How its status is known: from a status line, from the page's words; null = not known. */
  statusFrom: 'head' | 'words' | null;
}>;

/** So much of a paste is looked at. */
export const mostPasted = 1_048_576;
const maxBody = 65_536;

const headerOf = ({ headers }: Pick<Head, 'headers'>, wanted: string): string | null =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;

const isFollowed = ({ status, reason }: Head): boolean =>
  status !== null &&
  (status < 200 ||
    (status >= 300 && status < 400) ||
    (status === 200 && /^connection established/iu.test(reason ?? '')));

/** The last answer: those before it were interim, redirects, or a proxy's own. */
const lastBlock = (lines: readonly string[]): Block | null => {
  const first = lines.findIndex(isStatusLine);
  if (first < 0 || lines.slice(0, first).some((line) => /^\s{0,80}<(?:!doctype|html|head|body)/iu.test(line)))
    return null;
  let block = blockAt(lines, first);
  while (block !== null) {
    const from = block.bodyAt;
    const next = lines.findIndex((line, n) => n >= from && isStatusLine(line));
    const between = next < 0 ? [] : lines.slice(from, next);
    if (next < 0 || (!isFollowed(block.head) && between.some((line) => line.trim() !== ''))) return block;
    block = blockAt(lines, next);
  }
  return null;
};

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const lengthFinding = (code: string, text: string): readonly Finding[] => [
  { kind: 'length', code, text, withIdentity: null },
];
const notCoded = (coding: string): readonly Finding[] => [
  {
    ...{ kind: 'compression', code: 'NOT_CODED', withIdentity: null },
    text: `Content-Encoding says ${coding.slice(0, 60)}, but the body is not compressed`,
  },
];

/**
 * What its length says of a good answer's body. Clients show a compressed body decoded: then the declared length is that of
 * other bytes, unless it fits to the byte. Line ends may have been lost or made longer on the way here, and whoever pastes an
 * error page often leaves its end out: neither is a fault.
 */
const bodyFindings = (head: Head, body: string, isWhole: boolean): readonly Finding[] => {
  if ((head.status ?? 500) >= 400 || body === '') return [];
  const came = bytesOf(body);
  if (!isWhole) return lengthFinding('CUT_BODY', `the body was cut after ${came} bytes, before its end was told`);
  const declared = Number(headerOf(head, 'content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(declared)) return [];
  const coding = headerOf(head, 'content-encoding') ?? 'identity';
  if (!/^\s*identity\s*$/iu.test(coding)) return came === declared ? notCoded(coding) : [];
  const slack = body.split('\n').length + 1;
  if (came + slack < declared)
    return lengthFinding('CUT_BODY', `Content-Length says ${declared} bytes, but ${came} came`);
  const isRead = !body.includes('\u{fffd}'); // else its bytes were others
  return isRead && came > declared + slack
    ? lengthFinding('EXCESS_BODY', `Content-Length says ${declared} bytes, but ${came - declared} more came after them`)
    : [];
};

/**
 * A head alone is what `curl -I` shows: that there is no body says nothing. Unless its head says that there is none, or that it
 * is as long as the connection or its chunks: to HEAD, servers say neither.
 */
const saysEmpty = (head: Head): boolean => {
  const length = headerOf(head, 'content-length');
  if (length !== null) return Number(length) === 0;
  return (
    /chunked/iu.test(headerOf(head, 'transfer-encoding') ?? '') ||
    (head.httpVersion !== '2' && /\bclose\b/iu.test(headerOf(head, 'connection') ?? ''))
  );
};

const withHead = (plain: Plain, { head, bodyAt }: Block): Pasted => {
  const rest = plain.lines.slice(bodyAt).join('\n');
  const isChunked = /chunked/iu.test(headerOf(head, 'transfer-encoding') ?? '');
  const { body, whole } = (isChunked ? unchunked(rest) : null) ?? { body: rest, whole: true };
  const isEmpty = body.trim() === '';
  const text = isEmpty ? '' : body;
  const words = head.status === null ? recogniseWording(wordsOf(text)) : null;
  const failure = failureIn(plain.said.join('\n'));
  const found = bodyFindings(head, text, whole);
  return {
    ...{ url: plain.url, address: plain.address, waitedMs: plain.waitedMs, failure },
    method: plain.method ?? (isEmpty && !saysEmpty(head) ? 'HEAD' : 'GET'),
    findings: found.length > 0 ? found : findingsIn(failure),
    statusFrom: head.status !== null ? 'head' : words === null ? null : 'words',
    answer: {
      ...head,
      status: head.status ?? words?.status ?? null,
      body: text.slice(0, maxBody),
      bodyBytes: isEmpty ? (saysEmpty(head) ? 0 : null) : bytesOf(text),
    },
  };
};

/** A page as its reader sees it: its title first. */
const wordsOf = (body: string): string => {
  const { title, text } = pageOf({
    ...nothing,
    body,
    headers: /^\s{0,2000}</u.test(body) ? [['content-type', 'text/html']] : [],
  });
  return `${title}\n${text}`;
};
const nothing: Answer = { status: null, reason: null, httpVersion: null, headers: [], body: '', bodyBytes: null };

const isPage = (text: string): boolean =>
  /^\s{0,2000}(?:<(?:!doctype|html|head|body|title|center|h1|div|p|pre|table|\?xml|error)\b|\{\s{0,20}"|\[\s{0,20}\{)/iu.test(
    text,
  );

/** What is longer and no page is some program's output, and no message. */
const mostLines = 25;

/** A page without headers, or a line that somebody was shown: its own words say which status it was. */
const bareBody = (plain: Plain): Pasted | null => {
  const body = plain.lines.join('\n').trim();
  const isMessage = isPage(body) || (body.length < 4_000 && body.split('\n').length <= mostLines);
  const failure = failureIn(plain.said.join('\n')) ?? (isMessage ? failureIn(body) : null);
  const words = isMessage ? recogniseWording(wordsOf(body)) : null;
  const isAnswer = words !== null || isPage(body);
  if (!isAnswer && failure === null) return null;
  const answer = isAnswer
    ? { ...nothing, status: words?.status ?? null, body: body.slice(0, maxBody), bodyBytes: bytesOf(body) }
    : null;
  return {
    ...{ url: plain.url, method: plain.method ?? 'GET', address: plain.address, answer },
    waitedMs: plain.waitedMs,
    findings: answer === null ? findingsIn(failure) : [],
    failure: answer === null ? failure : null,
    statusFrom: words === null ? null : 'words',
  };
};

/** Reads an error page as people paste it: raw, from curl, wget, HTTPie or a browser, or the page's words alone; null = it is none. */
export const readPasted = (text: string): Pasted | null => {
  const plain = plainLines(text.slice(0, mostPasted));
  const block = lastBlock(plain.lines) ?? bareFieldsAt(plain.lines, 0);
  return block === null ? bareBody(plain) : withHead(plain, block);
};

const failureOf = ({ answer, failure }: Pasted): Failure | null => {
  const status = answer?.status ?? null;
  if (status !== null && status >= 400) return { kind: 'status', status };
  return failure;
};

/** A pasted page as the diagnosis reads it: what was not pasted is not known. */
export const lookOfPasted = (pasted: Pasted): SeenLook => {
  const { url, method, answer, findings, waitedMs } = pasted;
  const phases =
    waitedMs === null ? null : { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: waitedMs, downloadMs: null };
  return {
    ...{ ref: null, url: url ?? '', method, degraded: null, totalMs: null, phases, hops: [], twin: null },
    ...{ failure: failureOf(pasted), findings, answer },
  };
};
