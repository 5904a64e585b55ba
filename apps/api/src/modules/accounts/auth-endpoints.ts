import { type Endpoint, Name, nullable, strict } from '@farwatch/contracts';
import { Type } from 'typebox';
import { passwordLength } from './auth.ts';
import { get, givenPassword, post, Session, SignedIn, Status, token, User } from './auth-schemas.ts';
import { secondFactorEndpoints } from './second-factor-endpoints.ts';

// The part of better-auth that is open to the world, path by path: what is not here is 404.

const email = Type.String({ format: 'email', maxLength: 254, examples: ['ann@example.com'] });
const newPassword = Type.String({ minLength: passwordLength.min, maxLength: passwordLength.max });
const callbackURL = Type.Optional(Type.String({ maxLength: 500, description: 'A path of the dashboard' }));
const rememberMe = Type.Optional(Type.Boolean());

export const authEndpoints: readonly Endpoint[] = [
  post('/sign-up/email', {
    operationId: 'signUp',
    summary: 'Make an account and its organisation, log in, and mail a link to verify the address',
    schema: {
      body: strict({
        email,
        password: newPassword,
        name: Name(100),
        callbackURL,
        rememberMe,
      }),
      response: { 200: SignedIn },
    },
  }),
  post('/sign-in/email', {
    operationId: 'signIn',
    summary: 'Log in; the answer sets the session cookie, or asks for the second step',
    schema: {
      body: strict({ email, password: givenPassword, rememberMe, callbackURL }),
      response: {
        200: Type.Union([
          SignedIn,
          Type.Object({ twoFactorRedirect: Type.Boolean(), twoFactorMethods: Type.Array(Type.String()) }),
        ]),
      },
    },
  }),
  post('/sign-out', {
    operationId: 'signOut',
    summary: 'Log out; the session ends at once',
    schema: { response: { 200: Type.Object({ success: Type.Boolean() }) } },
  }),
  get('/get-session', {
    operationId: 'getSession',
    summary: 'The session of the cookie, null without one',
    schema: { response: { 200: nullable(Type.Object({ session: Session, user: User })) } },
  }),
  post('/send-verification-email', {
    operationId: 'sendVerificationMail',
    summary: 'Mail the link to verify the address again',
    schema: { body: strict({ email, callbackURL }), response: { 200: Status } },
  }),
  get('/verify-email', {
    operationId: 'verifyEmail',
    summary: 'Where the link in the mail leads; answers with a redirect to callbackURL',
    schema: {
      querystring: Type.Object({ token, callbackURL }),
      response: { 200: Status },
    },
  }),
  post('/request-password-reset', {
    operationId: 'requestPasswordReset',
    summary: 'Mail a link to set a new password; the answer is the same whether the address is known or not',
    schema: {
      body: strict({ email, redirectTo: callbackURL }),
      response: { 200: Type.Object({ status: Type.Boolean(), message: Type.String() }) },
    },
  }),
  post('/reset-password', {
    operationId: 'resetPassword',
    summary: 'Set a new password with the token from the mail; every session ends',
    schema: { body: strict({ newPassword, token }), response: { 200: Status } },
  }),
  post('/change-password', {
    operationId: 'changePassword',
    summary: 'Change the own password, knowing the old one; every other session ends, and a mail tells of it',
    schema: {
      body: strict({
        currentPassword: givenPassword,
        newPassword,
        revokeOtherSessions: Type.Optional(Type.Boolean({ description: 'Has no effect: they always end' })),
      }),
      response: { 200: SignedIn },
    },
  }),
  post('/change-email', {
    operationId: 'changeEmail',
    summary:
      'Ask to log in with another address, knowing the password: a link is mailed there, a notice to the old one',
    schema: {
      body: strict({ newEmail: email, password: givenPassword, callbackURL }),
      response: {
        200: Type.Object({
          status: Type.Boolean({ description: 'True also where the address has an account, which gets no mail' }),
        }),
      },
    },
  }),
  get('/list-sessions', {
    operationId: 'listSessions',
    summary: 'Where the account is logged in',
    schema: { response: { 200: Type.Array(Session) } },
  }),
  post('/revoke-session', {
    operationId: 'revokeSession',
    summary: 'End one session',
    schema: { body: strict({ token }), response: { 200: Status } },
  }),
  post('/revoke-other-sessions', {
    operationId: 'revokeOtherSessions',
    summary: 'End every session but this one',
    schema: { response: { 200: Status } },
  }),
  ...secondFactorEndpoints,
];
