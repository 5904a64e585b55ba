import type { IncomingMessage, ServerResponse } from 'node:http';
import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { startTarget } from './target.ts';

// Fields and limits: twilio.com/docs/messaging/api/message-resource and …/voice/api/call-resource (create), and the
// generated types of the library. Codes: twilio.com/docs/api/errors.

const PhoneOrSender = Type.String({ minLength: 3, maxLength: 64 });
const E164 = Type.String({ pattern: '^\\+[1-9]\\d{1,14}$' });
/** An absolute URL whose host has no underscore. */
const CallbackUrl = Type.String({ pattern: '^https?://[A-Za-z0-9.:-]+(/|$)', maxLength: 4_000 });

const Sms = Type.Object(
  {
    To: E164,
    From: Type.Optional(PhoneOrSender),
    MessagingServiceSid: Type.Optional(Type.String({ pattern: '^MG[0-9a-fA-F]{32}$' })),
    Body: Type.String({ minLength: 1, maxLength: 1_600 }),
    StatusCallback: Type.Optional(CallbackUrl),
  },
  { additionalProperties: false },
);
const Call = Type.Object(
  {
    To: E164,
    From: PhoneOrSender,
    Twiml: Type.String({ minLength: 1, maxLength: 4_000, pattern: '^<\\?xml [^>]*\\?><Response>.*</Response>$' }),
    Timeout: Type.Optional(Type.String({ pattern: '^([1-9]?\\d|[1-5]\\d\\d|600)$' })),
    StatusCallback: Type.Optional(CallbackUrl),
  },
  { additionalProperties: false },
);

type Resource = Readonly<{ schema: TSchema; sid: string; codes: Readonly<Record<string, number>> }>;
const resources: Readonly<Record<string, Resource>> = {
  Messages: {
    schema: Sms,
    sid: 'SM',
    codes: { To: 21211, From: 21212, MessagingServiceSid: 21701, Body: 21617, StatusCallback: 21609 },
  },
  Calls: {
    schema: Call,
    sid: 'CA',
    codes: { To: 21211, From: 21212, Twiml: 21218, Timeout: 21224, StatusCallback: 21609 },
  },
};

export type TwilioRequest = Readonly<{
  at: number;
  resource: string;
  fields: Readonly<Record<string, string>>;
  /** What the account's own checks said: null when Twilio would have taken it. */
  problem: number | null;
}>;

/** What is answered: by the checks (a 201 with an id), nothing, a cut connection, or this. */
export type TwilioAnswer =
  | 'check'
  | 'silence'
  | 'cut'
  | Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body?: unknown }>;

export type TwilioStandIn = AsyncDisposable &
  Readonly<{ url: string; accountSid: string; authToken: string; requests: readonly TwilioRequest[] }>;

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const authToken = 'auth-t0ken-of-the-stand-in';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

/** The code of the first thing that the account's own checks find wrong, or null. */
const problemOf = (request: IncomingMessage, resource: string, fields: Record<string, string>): number | null => {
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  if (request.headers.authorization !== expected) return 20003;
  const known = resources[resource];
  if (request.method !== 'POST' || known === undefined) return 20404;
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') return 20001;
  const { From, MessagingServiceSid } = fields;
  if (resource === 'Messages' && From === undefined && MessagingServiceSid === undefined) return 21603;
  const check = Compile(known.schema);
  if (check.Check(fields)) return null;
  const [path = ''] = check.Errors(fields).map((error) => error.instancePath);
  return known.codes[path.slice(1)] ?? 20001;
};

const statusOf: Readonly<Record<number, number>> = { 20003: 401, 20404: 404 };

const refuse = (response: ServerResponse, code: number): void => {
  const status = statusOf[code] ?? 400;
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code, message: `refused by the stand-in (${code})`, more_info, status }));
};

const give = (response: ServerResponse, answer: TwilioAnswer, request: TwilioRequest, nth: number): void => {
  if (answer === 'silence') return;
  if (answer === 'cut') return void response.destroy();
  if (answer !== 'check') {
    const { status, headers = {}, body = {} } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    return void response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
  if (request.problem !== null) return void refuse(response, request.problem);
  const sid = `${resources[request.resource]?.sid ?? ''}${String(nth).padStart(32, '0')}`;
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ sid, account_sid: accountSid, status: 'queued', to: request.fields.To }));
};

/** A real HTTP server that takes messages and calls as Twilio does, keeps each, and answers as `answer` says. */
export const startTwilioStandIn = async (
  answer: (request: TwilioRequest, nth: number) => TwilioAnswer = () => 'check',
): Promise<TwilioStandIn> => {
  const requests: TwilioRequest[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = Date.now();
    const fields = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const [, sid, resource = ''] = /^\/2010-04-01\/Accounts\/(\w+)\/(\w+)\.json$/u.exec(request.url ?? '') ?? [];
    const problem = sid === accountSid ? problemOf(request, resource, fields) : 20404;
    const seen = { at, resource, fields, problem };
    requests.push(seen);
    give(response, answer(seen, requests.length - 1), seen, requests.length - 1);
  };
  const target = await startTarget((request, response) => {
    take(request, response).catch(() => response.destroy()); // the client cut its own request
  });
  return { url: target.url, accountSid, authToken, requests, [Symbol.asyncDispose]: target[Symbol.asyncDispose] };
};
