import type { Evidence } from '@farwatch/domain';
import type { Content } from '../http/content.ts';
import { type Exchange, evidenceBytes, type Header, maxBodyBytes } from '../http/http-answer.ts';
import { type KnownSecrets, knownSecrets, maskedStart, without } from './secrets.ts';

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
  if (lower === 'set-cookie') return value.replace(/^([^=;]*=)?[^;]*/u, `$1${redacted}`);
  return urlHeaders.has(lower) ? redactUrl(value) : value;
};

/** A header's value without what its name says is secret, and without these secrets. */
export const shownHeader = (name: string, value: string, secrets: KnownSecrets): string =>
  redactHeader(name, without(value, secrets));

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
/** The secrets in a URL that was asked for: an error page may repeat them. */
export const secretsOf = (url: URL): readonly string[] =>
  [...url.search.matchAll(parameter)]
    .filter(([, , name]) => name !== undefined && isSecret(name))
    .flatMap(([, , , value]) => [value ?? '', safeDecode(value ?? '')])
    .concat(url.password, safeDecode(url.password));

/** PostgreSQL's JSON takes no NUL, and any other control character would be six bytes of JSON, which a batch has no room for. */
const text = (bytes: string): string => bytes.replaceAll(/\p{Cc}/gu, (each) => (each === '\t' ? each : '\ufffd'));
/** A cut may fall into the middle of a character, and PostgreSQL's JSON takes no half of one. */
const cut = (long: string, max: number): string => long.slice(0, max).toWellFormed();

const headersOf = (headers: readonly Header[], secrets: KnownSecrets): readonly Header[] =>
  headers
    .slice(0, maxHeaders)
    .map(([name, value]) => [without(text(name), secrets), shownHeader(name, text(value), secrets)] as const);

/**
 * Under a coding nobody can take a secret out of the bytes as they came: where one shows once they are decoded, or could
 * beyond what was decoded, they are left out.
 */
const bodiesOf = (wire: Buffer, { coding, bytes, fault, readable }: Content, secrets: KnownSecrets) => {
  const kept = maskedStart(wire, evidenceBytes, secrets);
  const sealed = secrets.inBytes.longest > 0 && !readable;
  if (coding === null) return { bodyBase64: sealed ? '' : kept.toString('base64') };
  const masked = maskedStart(bytes, maxBodyBytes, secrets);
  const mayHold = sealed || (secrets.inBytes.longest > 0 && (bytes.length >= maxBodyBytes || fault !== null));
  return {
    bodyBase64: masked.equals(bytes) && !mayHold ? kept.toString('base64') : '',
    decodedBase64: masked.subarray(0, evidenceBytes).toString('base64'),
  };
};

/** What a failing answer looked like, secrets removed, those of these credentials too; null when there was no answer. */
export const evidenceOf = (
  url: URL,
  { head, body, bytes }: Exchange,
  content: Content,
  credentials: readonly string[] = [],
  values: readonly string[] = [],
): Evidence | null => {
  if (head === null) return null;
  const secrets = knownSecrets(credentials, [...secretsOf(url), ...values]);
  return {
    url: cut(redactUrl(without(url.href, secrets)), maxUrl),
    status: head.status,
    reason: cut(without(text(head.reason), secrets), maxReason),
    headers: headersOf(head.headers, secrets),
    ...bodiesOf(body, content, secrets),
    bodyTruncated: bytes > evidenceBytes,
  };
};
