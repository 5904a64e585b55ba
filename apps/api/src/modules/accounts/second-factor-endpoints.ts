import { type Endpoint, Instant, nullable, strict } from '@farwatch/contracts';
import { Type } from 'typebox';
import { get, givenPassword, post, Session, SignedIn, Status, User } from './auth-schemas.ts';

// Two-factor and passkeys of better-auth, path by path.

const code = Type.String({ minLength: 1, maxLength: 32, examples: ['492039'] });
const trustDevice = Type.Optional(
  Type.Boolean({ description: 'This browser is not asked for a code again for 30 days' }),
);
const BackupCodes = Type.Array(Type.String(), { description: 'Each works once; they are shown this once' });
const name = Type.String({ minLength: 1, maxLength: 100, examples: ['Work laptop'] });
/** The browser's own object: the WebAuthn library checks what is in it. */
const Credential = Type.Record(Type.String(), Type.Unknown(), { description: 'PublicKeyCredential.toJSON()' });
const Options = Type.Record(Type.String(), Type.Unknown(), { description: 'For navigator.credentials, as JSON' });
const Passkey = Type.Object({
  id: Type.String(),
  name: Type.Optional(nullable(Type.String())),
  deviceType: Type.String(),
  backedUp: Type.Boolean(),
  createdAt: Instant,
});

const twoFactorEndpoints: readonly Endpoint[] = [
  post('/two-factor/enable', {
    operationId: 'enableTwoFactor',
    summary: 'Begin with a second step: the secret for the app and the backup codes; verifyTotp turns it on',
    schema: {
      body: strict({ password: givenPassword }),
      response: { 200: Type.Object({ method: Type.String(), totpURI: Type.String(), backupCodes: BackupCodes }) },
    },
  }),
  post('/two-factor/disable', {
    operationId: 'disableTwoFactor',
    summary: 'Turn the second step off, knowing the password; a mail tells of it',
    schema: { body: strict({ password: givenPassword }), response: { 200: Status } },
  }),
  post('/two-factor/verify-totp', {
    operationId: 'verifyTotp',
    summary: 'The second step of a log-in, or the first code of the app, which turns two-factor on',
    schema: { body: strict({ code, trustDevice }), response: { 200: SignedIn } },
  }),
  post('/two-factor/verify-backup-code', {
    operationId: 'verifyBackupCode',
    summary: 'The second step of a log-in with a backup code, which is used up by it',
    schema: { body: strict({ code, trustDevice }), response: { 200: SignedIn } },
  }),
  post('/two-factor/generate-backup-codes', {
    operationId: 'generateBackupCodes',
    summary: 'New backup codes, knowing the password; the old ones stop working, and a mail tells of it',
    schema: {
      body: strict({ password: givenPassword }),
      response: { 200: Type.Object({ status: Type.Boolean(), backupCodes: BackupCodes }) },
    },
  }),
];

const passkeyEndpoints: readonly Endpoint[] = [
  get('/passkey/generate-register-options', {
    operationId: 'passkeyRegisterOptions',
    summary: 'What a browser needs to make a passkey; the log-in must be less than a day old',
    schema: { querystring: Type.Object({ name: Type.Optional(name) }), response: { 200: Options } },
  }),
  post('/passkey/verify-registration', {
    operationId: 'addPasskey',
    summary: 'Keep the passkey that the browser made; a mail tells of it',
    schema: { body: strict({ response: Credential, name: Type.Optional(name) }), response: { 200: Passkey } },
  }),
  get('/passkey/generate-authenticate-options', {
    operationId: 'passkeySignInOptions',
    summary: 'What a browser needs to log in with a passkey',
    schema: { response: { 200: Options } },
  }),
  post('/passkey/verify-authentication', {
    operationId: 'signInWithPasskey',
    summary: 'Log in with a passkey, without a password or a code; the answer sets the session cookie',
    schema: {
      body: strict({ response: Credential }),
      response: { 200: Type.Object({ session: Session, user: User }) },
    },
  }),
  get('/passkey/list-user-passkeys', {
    operationId: 'listPasskeys',
    summary: 'The own passkeys',
    schema: { response: { 200: Type.Array(Passkey) } },
  }),
  post('/passkey/delete-passkey', {
    operationId: 'removePasskey',
    summary: 'Remove an own passkey; nobody can log in with it any more, and a mail tells of it',
    schema: { body: strict({ id: Type.String({ minLength: 1, maxLength: 100 }) }), response: { 200: Status } },
  }),
];

export const secondFactorEndpoints = [...twoFactorEndpoints, ...passkeyEndpoints];
