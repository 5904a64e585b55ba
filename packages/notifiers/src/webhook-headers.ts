import { Webhook } from 'standardwebhooks';

const maxHeaders = 20;
const maxValueChars = 2_000;
const token = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/iu;
/** What undici and HTTP take in a value: visible ASCII, spaces and tabs. */
const plainValue = /^[\t\x20-\x7e]*$/u;
/** Ours, or about the connection itself. */
const reserved =
  /^(?:content-.*|host|webhook-.*|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|accept-encoding)$/iu;

const wrongWith = (name: string, value: string): string | null => {
  if (!token.test(name)) return 'A header name may hold letters, digits and hyphens only';
  if (reserved.test(name)) return `The header ${name.toLowerCase()} is set by Farwatch or by the connection`;
  if (value.length > maxValueChars) return `The value of the header ${name} is longer than ${maxValueChars} characters`;
  return plainValue.test(value) ? null : `The value of the header ${name} may hold plain ASCII on one line only`;
};

/** What is wrong with the headers that a user adds, without their values, which may be secrets; null = nothing. */
export const checkHeaders = (headers: Readonly<Record<string, string>>): string | null => {
  const entries = Object.entries(headers);
  if (entries.length > maxHeaders) return `There may be at most ${maxHeaders} headers`;
  if (new Set(entries.map(([name]) => name.toLowerCase())).size < entries.length) return 'A header is there twice';
  for (const [name, value] of entries) {
    const wrong = wrongWith(name, value);
    if (wrong !== null) return wrong;
  }
  return null;
};

/** One signature for each secret, newest first; null when there is none or one is not base64 (`whsec_…`). */
const signatures = (id: string, now: Date, payload: string, secrets: readonly string[]): string | null => {
  try {
    return secrets.length === 0 ? null : secrets.map((secret) => new Webhook(secret).sign(id, now, payload)).join(' ');
  } catch {
    return null;
  }
};

/** The headers of Standard Webhooks, so that a receiver with any of the secrets can check the call. */
export const signedHeaders = (
  id: string,
  secrets: readonly string[],
  payload: string,
): Readonly<Record<string, string>> | null => {
  const now = new Date();
  const signature = signatures(id, now, payload, secrets);
  if (signature === null) return null;
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Farwatch-Webhook/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signature,
  };
};
