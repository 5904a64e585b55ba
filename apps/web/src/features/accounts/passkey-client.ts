import { passkeyClient as passkeyPlugin } from '@better-auth/passkey/client';
import { authBasePath } from '@farwatch/contracts';
import type { BetterAuthClientPlugin } from 'better-auth/client';
import { createAuthClient } from 'better-auth/client';

type Answer = Promise<
  Readonly<{
    data: unknown;
    error: Readonly<{ message?: string | undefined; code?: string | undefined; status: number }> | null;
  }>
>;
type Passkeys = Readonly<{
  signIn: Readonly<{ passkey: (options?: Readonly<{ autoFill?: boolean }>) => Answer }>;
  passkey: Readonly<{ addPasskey: (input: Readonly<{ name: string }>) => Answer }>;
}>;

const client = createAuthClient({
  baseURL: new URL(authBasePath, window.location.origin).href,
  fetchOptions: { customFetchImpl: (input, init) => fetch(input, init) }, // the client would keep today's fetch for good
  sessionOptions: { refetchOnWindowFocus: false },
  plugins: [
    passkeyPlugin() as unknown as BetterAuthClientPlugin, // typed by another patch version of better-fetch
  ],
});

/** Passkeys; better-auth's own client speaks to better-auth's own routes. */
export const passkeyClient = client as typeof client & Passkeys; // the plugin above adds them
