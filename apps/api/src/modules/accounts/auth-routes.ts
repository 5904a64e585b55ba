import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../../deps.ts';
import { sendProblem } from '../../plugins/errors.ts';
import { type ProblemError, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { clientAddressHeader } from './auth.ts';
import { authEndpoints } from './auth-endpoints.ts';

const forwarded = ['cookie', 'origin', 'referer', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'];

/** The request as better-auth takes it: only the headers it needs, and the address as we know it. */
const toWebRequest = ({ headers, ip, method, url, rawBody }: FastifyRequest, publicUrl: string): Request => {
  const passed = new Headers({ [clientAddressHeader]: ip });
  for (const name of forwarded) {
    const value = headers[name];
    if (typeof value === 'string') passed.set(name, value);
  }
  if (method === 'GET') return new Request(new URL(url, publicUrl), { method, headers: passed });
  passed.set('content-type', 'application/json');
  return new Request(new URL(url, publicUrl), { method, headers: passed, body: rawBody === '' ? '{}' : rawBody });
};

const textOf = (body: unknown, name: string): string | undefined => {
  const value: unknown =
    typeof body === 'object' && body !== null ? Object.getOwnPropertyDescriptor(body, name)?.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const kebab = (word: string): string => word.toLowerCase().replaceAll('_', '-');

/** better-auth's refusal as one of ours: `INVALID_EMAIL_OR_PASSWORD` becomes `invalid-email-or-password`. */
const refusal = async (response: Response): Promise<ProblemError> => {
  const body: unknown = await response.json().catch(() => null);
  const locked = textOf(body, 'code') === 'ACCOUNT_TEMPORARILY_LOCKED';
  if (response.status === 429 && !locked) {
    const wait = response.headers.get('x-retry-after') ?? '60';
    return problem(429, 'rate-limited', `Too many tries. Try again in ${wait} s.`, undefined, { 'retry-after': wait });
  }
  const code = kebab(textOf(body, 'code') ?? 'refused');
  return problem(response.status, code, textOf(body, 'message') ?? 'This was refused.');
};

const pass = async (response: Response, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  if (response.status >= 500) throw new Error(`better-auth answered ${response.status}`);
  if (response.status >= 400) return sendProblem(request, reply, await refusal(response));
  const location = response.headers.get('location');
  if (location !== null) return reply.redirect(location, 302);
  return reply
    .code(response.status)
    .type('application/json; charset=utf-8')
    .send(await response.text());
};

/** better-auth's routes, with our body checks before and our problems after. */
export const authRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'auth' | 'config'>> = async (
  app,
  { auth, config },
) => {
  for (const endpoint of authEndpoints)
    app.route(
      route(endpoint, async (request, reply) =>
        pass(await auth.handler(toWebRequest(request, config.publicUrl)), request, reply),
      ),
    );
};
