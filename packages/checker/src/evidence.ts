import type { Evidence } from '@farwatch/domain';
import type { Content } from './content.ts';
import { type Exchange, evidenceBytes, type Header } from './http-answer.ts';

const redacted = '[redacted]';
const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'x-auth-token',
  'x-amz-security-token',
  'authentication-info',
]);
const urlHeaders: ReadonlySet<string> = new Set(['location', 'content-location', 'refresh', 'link', 'referer']);
const secretName =
  /(?:^|[-_.])(?:token|key|apikey|secret|password|passwd|pwd|pass|auth|authorization|sig|signature|hmac|jwt|session|sessionid|sid|credential|credentials|code|otp)$/iu;
const parameter = /([?&;#]|^)([^=&;#?\s<>"']{1,100})=([^&;#\s<>"']+)/gu;
const maxUrl = 8_192;
const maxReason = 1_000;
const maxHeaders = 1_000;

/** `accessToken` and `access_token` are the same word. */
const isSecret = (name: string): boolean => secretName.test(name.replace(/([a-z0-9])([A-Z])/gu, '$1_$2'));

/** Takes secrets out of the URLs in a text: user info and the values of parameters with telling names. */
export const redactUrl = (text: string): string =>
  text
    .replace(/(\/\/)[^/?#@\s]*@/gu, `$1${redacted}@`)
    .replace(parameter, (whole, mark: string, name: string) => (isSecret(name) ? `${mark}${name}=${redacted}` : whole));

const redactHeader = (name: string, value: string): string => {
  const lower = name.toLowerCase();
  if (secretHeaders.has(lower)) return redacted;
  if (lower === 'set-cookie') return value.replace(/^([^=;]*)=[^;]*/u, `$1=${redacted}`);
  return urlHeaders.has(lower) ? redactUrl(value) : value;
};

/** The secrets in the URL that was asked for: an error page may repeat them. */
const secretsOf = (url: URL): readonly string[] =>
  [...url.search.matchAll(parameter)]
    .filter(([, , name]) => name !== undefined && isSecret(name))
    .flatMap(([, , , value]) => [value ?? '', safeDecode(value ?? '')])
    .filter((value) => value.length >= 6);

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Keeps the length, so that offsets and Content-Length still agree. */
const redactBody = (body: Buffer, url: URL, more: readonly string[]): Buffer => {
  const secrets = [...secretsOf(url), ...more.flatMap(spellingsOf)];
  if (secrets.length === 0) return body;
  const text = secrets.reduce(
    (all, secret) => all.replaceAll(Buffer.from(secret).toString('latin1'), (found) => '*'.repeat(found.length)),
    body.toString('latin1'),
  );
  return Buffer.from(text, 'latin1');
};

/** PostgreSQL's JSON takes no NUL, and no page is the better for one. */
const text = (bytes: string): string => bytes.replaceAll('\u0000', '\ufffd');
/** A cut may fall into the middle of a character, and PostgreSQL's JSON takes no half of one. */
const cut = (long: string, max: number): string => long.slice(0, max).toWellFormed();

/** A server may repeat a credential whole or without its scheme. */
const spellingsOf = (secret: string): readonly string[] =>
  [secret, secret.replace(/^\S+ /u, '')].filter((each) => each.length >= 6);
/** A text without these credentials. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  without(text, secrets.flatMap(spellingsOf));
const without = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((all, secret) => all.replaceAll(secret, redacted), text);

const headersOf = (headers: readonly Header[], secrets: readonly string[]): readonly Header[] =>
  headers
    .slice(0, maxHeaders)
    .map(([name, value]) => [text(name), without(redactHeader(name, text(value)), secrets)] as const);

/**
 * Under a coding nobody can take a secret out of the bytes as they came: where it shows once they are decoded, they are
 * left out.
 */
const bodiesOf = (url: URL, wire: Buffer, content: Content, secrets: readonly string[]) => {
  const kept = redactBody(wire.subarray(0, evidenceBytes), url, secrets);
  if (content.coding === null) return { bodyBase64: kept.toString('base64') };
  const open = content.bytes.subarray(0, evidenceBytes);
  const decoded = redactBody(open, url, secrets);
  const clean = decoded.equals(open);
  return { bodyBase64: clean ? kept.toString('base64') : '', decodedBase64: decoded.toString('base64') };
};

/** What a failing answer looked like, secrets removed, those of `secrets` too; null when there was no answer. */
export const evidenceOf = (
  url: URL,
  { head, body, bytes }: Exchange,
  content: Content,
  secrets: readonly string[] = [],
): Evidence | null =>
  head === null
    ? null
    : {
        url: cut(redactUrl(url.href), maxUrl),
        status: head.status,
        reason: cut(text(head.reason), maxReason),
        headers: headersOf(head.headers, secrets.flatMap(spellingsOf)),
        ...bodiesOf(url, Buffer.concat(body), content, secrets),
        bodyTruncated: bytes > evidenceBytes,
      };
