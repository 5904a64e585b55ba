import { authBasePath } from '@farwatch/contracts';
import { createAuthClient } from 'better-auth/client';

/** Logging in and all that belongs to it; better-auth's own client speaks to better-auth's own routes. */
export const authClient = createAuthClient({
  baseURL: new URL(authBasePath, window.location.origin).href,
  fetchOptions: { customFetchImpl: (input, init) => fetch(input, init) }, // the client would keep today's fetch for good
  sessionOptions: { refetchOnWindowFocus: false },
});
