import type { Finding } from '@farwatch/domain';
import { type Coding, codingOf, type Decoded, decode, hasMagic } from './decode.ts';
import { type Exchange, type Head, valuesOf } from './http-answer.ts';
import type { Method } from './question.ts';

/** A body as a visitor reads it. */
export type Content = Readonly<{
  bytes: Buffer;
  /** Content-Encoding, as it was written; null = none. */
  coding: string | null;
  findings: readonly Finding[];
  /** Whether its bytes are what they seem: not under a coding that was not undone. */
  readable: boolean;
  /** The code of what keeps a visitor from reading it; null = nothing does. */
  fault: string | null;
}>;

type Fault = Readonly<{ code: string; text: string }>;
const compression = ({ code, text }: Fault): Finding => ({ kind: 'compression', code, text, withIdentity: null });
const length = (code: string, text: string): Finding => ({ kind: 'length', code, text, withIdentity: null });

const textual = /^\s*(?:text\/(?!plain)|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript)|image\/svg)/iu;
const isTextual = (head: Head): boolean => textual.test(valuesOf(head, 'content-type')[0] ?? '');

const compressedAs = (body: Buffer): 'gzip' | 'zstd' | null =>
  hasMagic('gzip', body) ? 'gzip' : hasMagic('zstd', body) ? 'zstd' : null;

/** Whether the beginning reads as text: no control characters but white space. */
const readsAsText = (body: Buffer): boolean => {
  const start = body.subarray(0, 256).toString('latin1');
  return start !== '' && !/\p{Cc}/u.test(start.replaceAll(/[\t\n\r]/gu, ''));
};

/** Brotli has no mark of its own: a body is brotli when it can be decoded as such. */
const realCoding = async (declared: Coding, body: Buffer): Promise<Coding | null> => {
  const marked = compressedAs(body);
  if (marked !== null) return marked === declared ? null : marked;
  if (declared === 'br' || readsAsText(body)) return null;
  return (await decode('br', body)).fault === null ? 'br' : null;
};

const faultOf = async (coding: Coding, body: Buffer, { fault, words }: Decoded): Promise<Fault> => {
  const real = await realCoding(coding, body);
  if (real !== null) return { code: 'WRONG_CODING', text: `Content-Encoding says ${coding}, but the body is ${real}` };
  if (fault === 'CORRUPT' && readsAsText(body))
    return { code: 'NOT_CODED', text: `Content-Encoding says ${coding}, but the body is not compressed` };
  if (fault === 'CUT') return { code: 'CUT_CODING', text: `the ${coding} body ends before its compressed data does` };
  return { code: 'CORRUPT_CODING', text: `the ${coding} body can’t be decoded${words === null ? '' : `: ${words}`}` };
};

const hasBody = (head: Head, method: Method): boolean =>
  method !== 'HEAD' && head.status !== 204 && head.status !== 304 && head.status >= 200;

type Decoding = Readonly<{ bytes: Buffer; fault: Fault | null; unknown: string | null }>;
/** Undoes all codings, the last that was applied first. A name that nobody knows ends it: browsers show such a body as it is. */
const undo = async (codings: readonly string[], body: Buffer, partly: boolean): Promise<Decoding> => {
  let bytes = body;
  let whole = !partly;
  for (const name of codings.toReversed()) {
    const coding = codingOf(name);
    if (coding === null) return { bytes, fault: null, unknown: name };
    const decoded = await decode(coding, bytes);
    const cutByUs = decoded.fault === 'CUT' && !whole;
    if (decoded.fault !== null && !cutByUs) {
      const fault = await faultOf(coding, bytes, decoded);
      return { bytes: fault.code === 'NOT_CODED' ? bytes : decoded.bytes, fault, unknown: null };
    }
    whole = whole && !decoded.capped;
    bytes = decoded.bytes;
  }
  return { bytes, fault: null, unknown: null };
};

/** A body that is compressed although nothing says so, or once more than is said. */
const hiddenFault = (head: Head, { bytes, unknown }: Decoding, codings: readonly string[]): Fault | null => {
  const hidden = isTextual(head) ? compressedAs(bytes) : null;
  if (hidden === null) return null;
  if (unknown !== null)
    return { code: 'WRONG_CODING', text: `Content-Encoding says ${unknown}, but the body is ${hidden}` };
  return codings.length === 0
    ? { code: 'UNDECLARED_CODING', text: `the body is ${hidden}, but no Content-Encoding says so` }
    : { code: 'DOUBLE_CODING', text: `the body was compressed twice: under ${codings.join(', ')} there is ${hidden}` };
};

const codingsOf = (head: Head): readonly string[] =>
  valuesOf(head, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[^\x21-\x7e]/gu, '?')
        .slice(0, 60),
    )
    .filter((name) => name !== '' && name !== 'identity')
    .slice(0, 5);

const declaredOf = (head: Head): string | null => valuesOf(head, 'content-length')[0] ?? null;

const protocolFinding = ({ fault, words }: Exchange): readonly Finding[] =>
  fault === null || fault === 'ABORTED'
    ? []
    : [{ kind: 'protocol', code: fault, text: words ?? fault, withIdentity: null }];

const lengthFindings = (head: Head, answer: Exchange): readonly Finding[] => {
  const { bytes, fault, excess } = answer;
  const declared = declaredOf(head);
  if (excess > 0)
    return [length('EXCESS_BODY', `Content-Length says ${declared} bytes, but ${excess} more came after them`)];
  if (fault === null || fault === 'ABORTED') return [];
  if (fault !== 'CUT_BODY' && !/^(?:ECONNRESET|EPIPE|HTTP2_)/u.test(fault)) return protocolFinding(answer);
  const text =
    declared === null
      ? `the body was cut after ${bytes} bytes, before its end was told`
      : `Content-Length says ${declared} bytes, but ${bytes} came`;
  return [length('CUT_BODY', text)];
};

/** Reads an answer's body as a browser would, and says what is wrong with its length and its codings. */
export const contentOf = async (answer: Exchange, method: Method): Promise<Content> => {
  const { head, fault } = answer;
  const raw = answer.body;
  const findingsOfNone = head === null ? protocolFinding(answer) : [];
  const none = { bytes: raw, coding: null, findings: findingsOfNone, fault: null, readable: true };
  if (head === null || !hasBody(head, method)) return none;
  const codings = codingsOf(head);
  const findings = lengthFindings(head, answer);
  const coding = codings.length === 0 ? null : codings.join(', ');
  if (raw.length === 0) return { bytes: raw, coding, findings, fault: null, readable: true };
  const partly = answer.capped || fault !== null;
  const decoding = await undo(codings, raw, partly);
  const wrong = decoding.fault ?? hiddenFault(head, decoding, codings);
  const unknown =
    wrong === null && decoding.unknown !== null
      ? [{ code: 'UNKNOWN_CODING', text: `nobody knows the Content-Encoding ${decoding.unknown}` }]
      : [];
  const all = [...findings, ...(wrong === null ? unknown : [wrong]).map(compression)];
  const readable = decoding.unknown === null && compressedAs(decoding.bytes) === null;
  return { bytes: decoding.bytes, coding, findings: all, fault: wrong?.code ?? null, readable };
};
