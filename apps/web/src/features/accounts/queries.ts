import { getMe } from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { streamPosition } from '../../api/stream-position.ts';
import { askAuth } from './ask-auth.ts';
import { settleZone } from './settle-zone.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await call(getMe, {}, { signal });
    streamPosition.read(me.lastEventId);
    return me;
  },
  staleTime: 10_000,
});

/** Where the link in a verification mail leads back to. */
const verifiedPath = '/verified';

type Credentials = Readonly<{ email: string; password: string }>;

/** Makes the account and logs in. The name is the address's local part until the person says another. */
export const useSignUp = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ email, password }: Credentials) => {
      const name = email.split('@')[0] ?? email;
      await askAuth((auth) => auth.signUp.email({ email, password, name, callbackURL: verifiedPath }));
      await settleZone();
    },
    onSuccess: () => client.clear(),
  });
};

/** What was shown before may belong to somebody else: whoever asks for the log-in sees to it. */
export const useLogIn = () =>
  useMutation({
    /** In, or asked for the second step. */
    mutationFn: async (credentials: Credentials): Promise<'in' | 'second'> => {
      const answer = await askAuth((auth) => auth.signIn.email(credentials));
      return answer !== null && 'twoFactorRedirect' in answer ? 'second' : 'in';
    },
  });

/** Ends the session and forgets what it showed, by loading the page anew; `next` is where the next log-in leads. */
export const useLogOut = () =>
  useMutation({
    mutationFn: async (next?: string) => {
      await askAuth((auth) => auth.signOut());
      return next;
    },
    onSuccess: (next) =>
      window.location.assign(next === undefined ? '/login' : `/login?${new URLSearchParams({ next }).toString()}`),
  });

export const useForgotPassword = () =>
  useMutation({
    mutationFn: (email: string) =>
      askAuth((auth) => auth.requestPasswordReset({ email, redirectTo: '/reset-password' })),
  });

export const useResetPassword = () =>
  useMutation({
    mutationFn: (input: { newPassword: string; token: string }) => askAuth((auth) => auth.resetPassword(input)),
  });

export const useSendVerification = () =>
  useMutation({
    mutationFn: (email: string) => askAuth((auth) => auth.sendVerificationEmail({ email, callbackURL: verifiedPath })),
  });
