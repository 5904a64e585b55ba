import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { askAuth, askPasskeys } from './ask-auth.ts';
import { meQuery } from './queries.ts';

/** Where the account is logged in, and which of them this browser is. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => {
    const [all, own] = await Promise.all([
      askAuth((auth) => auth.listSessions()),
      askAuth((auth) => auth.getSession()),
    ]);
    return (all ?? [])
      .map((session) => ({ ...session, own: session.id === own?.session.id }))
      .toSorted((a, b) => Number(b.own) - Number(a.own) || +new Date(b.updatedAt) - +new Date(a.updatedAt));
  },
});
export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: async () =>
    (await askAuth((auth) => auth.$fetch<readonly PasskeyView[]>('/passkey/list-user-passkeys'))) ?? [],
});
export type PasskeyView = Readonly<{ id: string; name?: string | null; backedUp: boolean; createdAt: string }>;

/** A write after which some of what is shown is read again. */
const useFactor = <I, O>(mutationFn: (input: I) => Promise<O>, ...stale: readonly string[]) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
};

export const useEndSession = () =>
  useFactor((token: string) => askAuth((auth) => auth.revokeSession({ token })), 'sessions');
export const useEndOtherSessions = () => useFactor(() => askAuth((auth) => auth.revokeOtherSessions()), 'sessions');

export const useChangePassword = () =>
  useFactor(
    (input: Readonly<{ currentPassword: string; newPassword: string }>) =>
      askAuth((auth) => auth.changePassword(input)),
    'sessions',
  );

/** Where the link that is mailed to a new address leads back to. */
const changedPath = '/verified?changed=yes';
export const useChangeEmail = () =>
  useFactor((input: Readonly<{ newEmail: string; password: string }>) =>
    askAuth((auth) => auth.$fetch('/change-email', { method: 'POST', body: { ...input, callbackURL: changedPath } })),
  );

type Begun = Readonly<{ totpURI: string; backupCodes: readonly string[] }>;
const factor = <T>(path: string, body: Readonly<Record<string, unknown>>): Promise<T | null> =>
  askAuth((auth) => auth.$fetch<T>(`/two-factor/${path}`, { method: 'POST', body }));

export const useBeginTwoFactor = () => useFactor((password: string) => factor<Begun>('enable', { password }));
export const useConfirmTwoFactor = () =>
  useFactor((code: string) => factor('verify-totp', { code }), ...meQuery.queryKey, 'sessions');
export const useEndTwoFactor = () =>
  useFactor((password: string) => factor('disable', { password }), ...meQuery.queryKey, 'sessions');
export const useNewBackupCodes = () =>
  useFactor((password: string) => factor<Pick<Begun, 'backupCodes'>>('generate-backup-codes', { password }));

export const useAddPasskey = () =>
  useFactor((name: string) => askPasskeys((auth) => auth.passkey.addPasskey({ name })), 'passkeys');
export const useRemovePasskey = () =>
  useFactor(
    (id: string) => askAuth((auth) => auth.$fetch('/passkey/delete-passkey', { method: 'POST', body: { id } })),
    'passkeys',
  );

type SecondStep = Readonly<{ kind: 'app' | 'backup'; code: string; trustDevice: boolean }>;
/** The second step of a log-in. */
export const useSecondStep = () =>
  useMutation({
    mutationFn: ({ kind, ...input }: SecondStep) =>
      factor(kind === 'app' ? 'verify-totp' : 'verify-backup-code', input),
  });
export const usePasskeyLogIn = () =>
  useMutation({
    mutationFn: async (): Promise<void> => {
      await askPasskeys((auth) => auth.signIn.passkey());
    },
  });
