import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** A refusal as the auth client hands it on: the API's problem, or what the browser itself said. */
export type AuthFault = Readonly<{
  message?: string | undefined;
  detail?: string | undefined;
  code?: string | undefined;
  status: number;
}>;

const known = msg`There is an account with this address already. Log in, or set a new password.`;
const cancelled = msg`The browser ended this without a passkey. Nothing was changed; try again.`;

const words: Readonly<Record<string, MessageDescriptor>> = {
  'invalid-email-or-password': msg`The e-mail address or the password is wrong.`,
  'user-already-exists': known,
  'user-already-exists-use-another-email': known,
  'invalid-password': msg`The password is wrong. Nothing was changed.`,
  'same-email': msg`This is your address already.`,
  'invalid-token': msg`This link does not work any more. Send yourself a new one.`,
  'invalid-code': msg`This code is not right, or its half minute was over. Try the next one.`,
  'invalid-backup-code': msg`This backup code is not right, or it was used before.`,
  'invalid-two-factor-cookie': msg`This took too long. Start again with your password.`,
  'too-many-attempts-request-new-code': msg`Too many wrong codes. Start again with your password.`,
  'account-temporarily-locked': msg`Too many wrong codes in a row. The second step opens again in 15 minutes.`,
  'totp-already-enabled': msg`The second step is on already.`,
  'session-not-fresh': msg`Your log-in is older than a day. Log in again to do this.`,
  'passkey-not-found': msg`Farwatch does not know this passkey. It may have been removed.`,
  'authentication-failed': msg`This passkey could not be proven. Try again, or use your password.`,
  'previously-registered': msg`This device has a passkey for your account already.`,
  'error-authenticator-previously-registered': msg`This device has a passkey for your account already.`,
  'auth-cancelled': cancelled,
  'error-ceremony-aborted': cancelled,
  'error-passthrough-see-cause-property': cancelled,
  'registration-cancelled': cancelled,
};

/** The refusals that people meet, by their code, in plain words; null for others. */
export const authWords = (code: string | null): string | null => {
  const word = code === null ? undefined : words[code];
  return word === undefined ? null : i18n.t(word);
};
