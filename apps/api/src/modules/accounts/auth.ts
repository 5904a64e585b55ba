import { randomUUIDv7 } from 'node:crypto';
import { authBasePath } from '@farwatch/contracts';
import type { Mailer } from '@farwatch/notifiers';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Db } from '../../db.ts';
import { problem } from '../../plugins/problems.ts';
import { openBackground } from './background.ts';
import { changeOf, emailChange } from './change-email.ts';
import {
  type AccountMail,
  emailAskedMail,
  type LogInChange,
  logInChangedMail,
  newEmailMail,
  passwordChangedMail,
  resetMail,
  verificationMail,
} from './mails.ts';
import type { OrganisationStore } from './organisation-store.ts';
import { bounded, openPasswords } from './passwords.ts';
import { accountHooks, secondFactors } from './second-factors.ts';

export type AuthDeps = Readonly<{
  config: Pick<Config, 'publicUrl' | 'secret' | 'limits'>;
  log: Logger;
  db: Db;
  mailer: Mailer;
  organisations: OrganisationStore;
}>;

/** The address of the caller travels to better-auth in this header alone; what a client sends under it is dropped. */
export const clientAddressHeader = 'x-farwatch-client';

export const passwordLength = { min: 12, max: 128 } as const;
const hourSeconds = 3_600;

const isLoopback = (hostname: string): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

/** Origins whose pages may use a session cookie. On loopback both spellings of it are ours. */
export const trustedOriginsOf = (publicUrl: string): readonly string[] => {
  const { protocol, hostname, port } = new URL(publicUrl);
  const end = port === '' ? '' : `:${port}`;
  return isLoopback(hostname) ? [`${protocol}//127.0.0.1${end}`, `${protocol}//localhost${end}`] : [publicUrl];
};

/** `__Host-` binds a cookie to this host and to HTTPS; over plain HTTP a browser would refuse such a name. */
const cookieOptions = (publicUrl: string) => {
  const secure = publicUrl.startsWith('https://');
  const name = (word: string) => `${secure ? '__Host-' : ''}farwatch.${word}`;
  return {
    useSecureCookies: false, // it would add __Secure- before our own prefix
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    cookies: {
      session_token: { name: name('session') },
      session_data: { name: name('session-data') },
      dont_remember: { name: name('short') },
      account_data: { name: name('account-data') },
      two_factor: { name: name('second-step') },
      trust_device: { name: name('trusted') },
      'better-auth-passkey': { name: name('passkey') },
    },
  } as const;
};

/** Mail leaves after the answer: how long it takes must not tell whether an address is known. */
const retryWaitsMs = [1_000, 5_000, 30_000];
const postman = ({ mailer, log }: Pick<AuthDeps, 'mailer' | 'log'>, until: AbortSignal) => {
  const send = async (mail: AccountMail): Promise<void> => {
    for (const waitMs of [...retryWaitsMs, null]) {
      const outcome = await mailer.send({ ...mail, messageId: `account.${randomUUIDv7()}` }, until);
      if (outcome.kind === 'delivered' || outcome.kind === 'accepted') return;
      log.warn({ subject: mail.subject, reason: outcome.reason }, 'an account mail was not accepted');
      if (outcome.kind === 'rejected' || waitMs === null || until.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        const stop = () => {
          clearTimeout(timer);
          resolve();
        };
        until.addEventListener('abort', stop, { once: true });
      });
    }
  };
  return send;
};

const tableNames = {
  user: { modelName: 'account' },
  account: { modelName: 'credential' },
  session: {
    modelName: 'session',
    expiresIn: 14 * 24 * hourSeconds,
    updateAge: hourSeconds,
    cookieCache: { enabled: false },
  },
  verification: { modelName: 'verification' },
} as const;

const rateLimit = ({ signInsPerMinute: max }: Config['limits']) => {
  const rule = { window: 60, max };
  const paths = ['/sign-in/email', '/sign-up/email', '/request-password-reset', '/reset-password'];
  const more = ['/send-verification-email', '/change-password', '/change-email', '/two-factor/*', '/passkey/*'];
  return {
    enabled: true,
    storage: 'memory',
    window: 60,
    max: 300,
    customRules: Object.fromEntries([...paths, ...more].map((path) => [path, rule])),
  } as const;
};

const quietLogger = (log: Logger): NonNullable<BetterAuthOptions['logger']> => ({
  level: 'warn',
  // Messages only: its further arguments may carry accounts and tokens.
  log: (level, message) => log[level === 'error' ? 'error' : 'warn']({ from: 'better-auth' }, message),
});

/** A sign-up holds a database connection while it hashes; with more at once a flood of them would take the whole pool. */
const signUpsAtOnce = 3;
const busy = () => problem(503, 'busy', 'Too many people sign in right now. Try again in a minute.');

/** Signing up and in, verifying, resetting: better-auth on our tables, with our password hashing and mails. */
export const openAuth = ({ config, log, db, mailer, organisations }: AuthDeps) => {
  const { publicUrl, secret, limits } = config;
  const closing = new AbortController();
  const background = openBackground((error) => log.error({ err: error }, 'work after an answer failed'));
  const send = postman({ mailer, log }, closing.signal);
  const tell = (mail: AccountMail) => background.run(send(mail));
  const tellPasswordChanged = (email: string) => tell(passwordChangedMail(email, publicUrl));
  const tellLogInChanged = (email: string, change: LogInChange) => tell(logInChangedMail(email, change, publicUrl));
  const trustedOrigins = trustedOriginsOf(publicUrl);
  const passwords = openPasswords(busy);
  const signUpInTurn = bounded(signUpsAtOnce, 200, busy);
  const auth = betterAuth({
    appName: 'Farwatch',
    baseURL: publicUrl,
    basePath: authBasePath,
    secret,
    trustedOrigins: [...trustedOrigins],
    database: prismaAdapter(db.prisma, { provider: 'postgresql', transaction: true }),
    ...tableNames,
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      password: passwords,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: hourSeconds,
      sendResetPassword: ({ user, token }) => send(resetMail(user.email, `${publicUrl}/reset-password?token=${token}`)),
      onPasswordReset: async ({ user }) => {
        await db.transaction((tx) => organisations.takeBack(tx, user.id));
        tellPasswordChanged(user.email);
      },
    },
    hooks: accountHooks({
      passwordChanged: tellPasswordChanged,
      logInChanged: tellLogInChanged,
      emailAsked: (email, wanted) => tell(emailAskedMail(email, wanted, publicUrl)),
    }),
    user: { ...tableNames.user, changeEmail: { enabled: true } },
    plugins: secondFactors(publicUrl, trustedOrigins),
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: 24 * hourSeconds,
      sendVerificationEmail: ({ user, url, token }) =>
        send(changeOf(token) === null ? verificationMail(user.email, url) : newEmailMail(user.email, url)),
    },
    databaseHooks: {
      user: {
        update: emailChange({ sql: db.sql, publicUrl, tell }),
        create: {
          // Runs after the commit. If it fails, the account's next request makes its organisation (see find-caller.ts).
          after: async ({ id }) => {
            await db
              .transaction((tx) => organisations.ensure(tx, id))
              .catch((error: unknown) => {
                log.error({ err: error }, 'the organisation of a new account has to wait for its next request');
              });
          },
        },
      },
    },
    rateLimit: rateLimit(limits),
    advanced: {
      ...cookieOptions(publicUrl),
      database: { generateId: () => randomUUIDv7() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      disableCSRFCheck: false, // said outright: its default depends on NODE_ENV
      disableOriginCheck: false,
      backgroundTasks: { handler: background.run },
    },
    telemetry: { enabled: false },
    logger: quietLogger(log),
  });
  // Of two people who confirm one new address in the same moment, the later one meets the database's own rule; looked
  // at once more, the address is somebody's, and that is said.
  const verify = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const answer = await auth.handler(request);
    return answer.status < 500 ? answer : auth.handler(again);
  };
  const handlers: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    [`${authBasePath}/sign-up/email`]: (request) => signUpInTurn(() => auth.handler(request)),
    [`${authBasePath}/verify-email`]: verify,
  };
  return {
    handler: (request: Request): Promise<Response> =>
      (handlers[new URL(request.url).pathname] ?? auth.handler)(request),
    getSession: auth.api.getSession,
    /** Lets mails that are on their way leave, a few seconds at most. */
    close: async (): Promise<void> => {
      const deadline = setTimeout(() => closing.abort(), 5_000);
      await background.settled();
      clearTimeout(deadline);
    },
  };
};
export type Auth = ReturnType<typeof openAuth>;
