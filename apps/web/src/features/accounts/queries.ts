import { getMe, updateOrganisation } from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { streamPosition } from '../../api/stream-position.ts';
import { browserZone } from '../../ui/zone.ts';
import { askAuth } from './ask-auth.ts';

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

/** A new organisation tells its times in UTC until somebody says where it is: whoever makes it is there. */
const settleZone = async (): Promise<void> => {
  if (browserZone === 'UTC') return;
  // The account is made all the same when this fails; the settings offer the browser's zone then.
  await call(updateOrganisation, { body: { timeZone: browserZone } }, { within: 5_000 }).catch(() => undefined);
};

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
