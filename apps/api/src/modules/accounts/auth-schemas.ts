import { authBasePath, defineEndpoint, type Endpoint, Instant, nullable } from '@farwatch/contracts';
import { Type } from 'typebox';
import { passwordLength } from './auth.ts';

// What better-auth's answers look like, and what its bodies have in common.

export const givenPassword = Type.String({ minLength: 1, maxLength: passwordLength.max });
export const token = Type.String({ minLength: 1, maxLength: 1_000 });

export const User = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  emailVerified: Type.Boolean(),
  image: Type.Optional(nullable(Type.String())),
  createdAt: Instant,
  updatedAt: Instant,
});
export const SignedIn = Type.Object({ token: nullable(Type.String()), user: User });
export const Status = Type.Object({ status: Type.Boolean() });
export const Session = Type.Object({
  id: Type.String(),
  expiresAt: Instant,
  createdAt: Instant,
  updatedAt: Type.Optional(Instant),
  ipAddress: nullable(Type.String()),
  userAgent: Type.Optional(nullable(Type.String())),
  token: Type.Optional(Type.String({ description: 'Names the session to revokeSession; nobody can log in with it' })),
});

type Rest = Pick<Endpoint, 'operationId' | 'summary' | 'schema'>;
/** better-auth checks the session itself: for our own plugins every path of it is public. */
export const post = <const E extends Rest>(path: string, rest: E) =>
  defineEndpoint({ method: 'POST', url: `${authBasePath}${path}`, tag: 'accounts', access: 'public', ...rest });
export const get = <const E extends Rest>(path: string, rest: E) =>
  defineEndpoint({ method: 'GET', url: `${authBasePath}${path}`, tag: 'accounts', access: 'public', ...rest });
