import { Buffer } from 'node:buffer';
import type { BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { Sql } from '../../db.ts';
import { type AccountMail, emailChangedMail } from './mails.ts';

/** What the link in the mail to a new address says; null for every other link. */
export type EmailChange = Readonly<{ accountId: string; from: string; to: string; issuedAt: number }>;

/** Reads a token that better-auth made or has just checked; nothing is believed of any other. */
export const changeOf = (token: unknown): EmailChange | null => {
  const part = typeof token === 'string' ? token.split('.')[1] : undefined;
  if (part === undefined) return null;
  const claims: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(part, 'base64url').toString());
  const { userId, email, updateTo, iat } = claims;
  if (typeof userId !== 'string' || typeof email !== 'string') return null;
  if (typeof updateTo !== 'string' || typeof iat !== 'number') return null;
  return { accountId: userId, from: email, to: updateTo, issuedAt: iat * 1_000 };
};

/** Who holds a session but not the password must not be able to carry the account away. */
export const guardEmailChange = createAuthMiddleware(async (ctx) => {
  const session = await getSessionFromCtx(ctx);
  if (session === null) return; // better-auth refuses it
  const { newEmail }: { newEmail?: unknown } = ctx.body;
  if (String(newEmail).toLowerCase() === session.user.email.toLowerCase())
    throw new APIError('BAD_REQUEST', { code: 'SAME_EMAIL', message: 'This is your address already.' });
  await ctx.context.password.checkPassword(session.user.id, ctx);
});

/** What is to be said where the link has no callback to say it to. */
const objections = {
  INVALID_TOKEN: ['UNAUTHORIZED', 'This link is void.'],
  EMAIL_TAKEN: ['CONFLICT', 'Another account has this address by now.'],
} as const;

/** Whether somebody else has the address by now, or the password was set anew after the link was sent. */
const objection = async (
  sql: Sql,
  { accountId, to, issuedAt }: EmailChange,
): Promise<keyof typeof objections | null> => {
  const { rows } = await sql.query<{ taken: boolean; late: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM account WHERE email = $2 AND id <> $1) AS taken,
            EXISTS (SELECT 1 FROM credential WHERE user_id = $1 AND updated_at > $3) AS late`,
    [accountId, to, new Date(issuedAt + 999)], // the token knows whole seconds
  );
  if (rows[0]?.late === true) return 'INVALID_TOKEN';
  return rows[0]?.taken === true ? 'EMAIL_TAKEN' : null;
};

type Deps = Readonly<{ sql: Sql; publicUrl: string; tell: (mail: AccountMail) => void }>;
type UserUpdate = NonNullable<NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['user']>['update']>;

/**
 * The moment the link is opened. A new password voids the links of before, or whoever was locked out by it would still
 * take the account; the link was in a mail to the new address, so that counts as verified.
 */
export const emailChange = ({ sql, publicUrl, tell }: Deps): UserUpdate => ({
  before: async (given, ctx) => {
    const change = ctx?.path === '/verify-email' ? changeOf(ctx.query?.token) : null;
    if (ctx === null || change === null || given.email === undefined) return;
    const error = await objection(sql, change);
    if (error === null) return { data: { ...given, emailVerified: true } };
    const callback: unknown = ctx.query?.callbackURL;
    if (typeof callback !== 'string') {
      const [status, message] = objections[error];
      throw new APIError(status, { code: error, message });
    }
    throw ctx.redirect(`${callback}${callback.includes('?') ? '&' : '?'}error=${error}`);
  },
  after: async (_, ctx) => {
    const change = ctx?.path === '/verify-email' ? changeOf(ctx.query?.token) : null;
    if (change !== null) tell(emailChangedMail(change.from, change.to, publicUrl));
  },
});
