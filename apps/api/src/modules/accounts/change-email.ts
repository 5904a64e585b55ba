import { Buffer } from 'node:buffer';
import type { BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { Sql } from '../../db.ts';
import { type AccountMail, emailChangedMail } from './mails.ts';

/** What the link in the mail to a new address says; null for every other link. */
export type EmailChange = Readonly<{ from: string; to: string; issuedAt: number }>;

/** Reads a token that better-auth made or has just checked; nothing is believed of any other. */
export const changeOf = (token: unknown): EmailChange | null => {
  const part = typeof token === 'string' ? token.split('.')[1] : undefined;
  if (part === undefined) return null;
  const claims: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(part, 'base64url').toString());
  const { email, updateTo, iat } = claims;
  if (typeof email !== 'string' || typeof updateTo !== 'string' || typeof iat !== 'number') return null;
  return { from: email, to: updateTo, issuedAt: iat * 1_000 };
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

/** Whether somebody else has the address by now, or the password was set anew after the link was sent. */
const objection = async (sql: Sql, { from, to, issuedAt }: EmailChange): Promise<string | null> => {
  const { rows } = await sql.query<{ taken: boolean; late: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM account WHERE email = $2) AS taken,
            EXISTS (SELECT 1 FROM credential c JOIN account a ON a.id = c.user_id
                    WHERE a.email = $1 AND c.updated_at > $3) AS late`,
    [from, to, new Date(issuedAt + 999)], // the token knows whole seconds
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
    if (typeof callback !== 'string')
      throw new APIError('UNAUTHORIZED', { code: error, message: 'This link is void.' });
    throw ctx.redirect(`${callback}${callback.includes('?') ? '&' : '?'}error=${error}`);
  },
  after: async (_, ctx) => {
    const change = ctx?.path === '/verify-email' ? changeOf(ctx.query?.token) : null;
    if (change !== null) tell(emailChangedMail(change.from, change.to, publicUrl));
  },
});
