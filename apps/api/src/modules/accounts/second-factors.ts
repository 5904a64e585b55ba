import { passkey } from '@better-auth/passkey';
import type { BetterAuthOptions, BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { guardEmailChange } from './change-email.ts';
import type { LogInChange } from './mails.ts';

/** A passkey stands for password and code together, so the device must have asked who holds it. */
const requireHolder = (userVerified: boolean): void => {
  if (!userVerified)
    throw new APIError('UNAUTHORIZED', {
      code: 'HOLDER_NOT_VERIFIED',
      message: 'This passkey did not ask for a PIN, a finger or a face. Use one that does.',
    });
};

const isLoopback = (hostname: string): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

/** Codes from an app, backup codes, and passkeys. `origins` are those whose pages may use them. */
export const secondFactors = (publicUrl: string, origins: readonly string[]): BetterAuthPlugin[] => {
  const { hostname } = new URL(publicUrl);
  return [
    twoFactor({ issuer: 'Farwatch', backupCodeOptions: { amount: 10, storeBackupCodes: 'encrypted' } }),
    passkey({
      rpName: 'Farwatch',
      rpID: isLoopback(hostname) ? 'localhost' : hostname, // an address can hold no passkey, a name can
      origin: [...origins],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      registration: {
        afterVerification: async ({ verification }) => {
          requireHolder(verification.registrationInfo?.userVerified === true);
        },
      },
      authentication: {
        afterVerification: async ({ verification }) => requireHolder(verification.authenticationInfo.userVerified),
      },
    }) as BetterAuthPlugin, // its copy of better-call is another patch version, whose types say `?:` where ours say `| undefined`
  ];
};

type After = Readonly<{
  path: string | undefined;
  before: Readonly<{ email: string; twoFactorEnabled?: unknown }> | undefined;
  now: Readonly<{ email: string; twoFactorEnabled?: unknown }> | undefined;
}>;

const changeOf = ({ path, before, now }: After): LogInChange | null => {
  switch (path) {
    case '/two-factor/verify-totp': // the same path at every log-in, where nobody was there before
      return before !== undefined && before.twoFactorEnabled !== true && now?.twoFactorEnabled === true
        ? 'two-factor-on'
        : null;
    case '/two-factor/disable':
      return 'two-factor-off';
    case '/two-factor/generate-backup-codes':
      return 'backup-codes-made';
    case '/passkey/verify-registration':
      return 'passkey-added';
    case '/passkey/delete-passkey':
      return 'passkey-removed';
    default:
      return null;
  }
};

type Tell = Readonly<{
  passwordChanged: (email: string) => void;
  logInChanged: (email: string, change: LogInChange) => void;
  emailAsked: (email: string, wanted: string) => void;
}>;

/** Whoever changes a password may do so because a stranger is logged in: every other session ends. A mail tells of every change. */
export const accountHooks = (tell: Tell): NonNullable<BetterAuthOptions['hooks']> => ({
  before: createAuthMiddleware(async (ctx) => {
    if (ctx.path === '/change-email') await guardEmailChange(ctx);
    return ctx.path === '/change-password'
      ? { context: { body: { ...ctx.body, revokeOtherSessions: true } } }
      : undefined;
  }),
  after: createAuthMiddleware(async ({ path, body, context }) => {
    if (isAPIError(context.returned)) return;
    const [before, now] = [context.session?.user, context.newSession?.user];
    if (path === '/change-password' && now !== undefined) tell.passwordChanged(now.email);
    if (path === '/change-email' && before !== undefined) tell.emailAsked(before.email, String(body.newEmail));
    const change = changeOf({ path, before, now });
    const email = (before ?? now)?.email;
    if (change !== null && email !== undefined) tell.logInChanged(email, change);
  }),
});
