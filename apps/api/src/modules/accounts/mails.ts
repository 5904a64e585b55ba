export type AccountMail = Readonly<{ to: string; subject: string; text: string }>;

/** Every mail about an account, in one place. */
export const verificationMail = (to: string, link: string): AccountMail => ({
  to,
  subject: 'Farwatch: please verify your e-mail address',
  text: `Hello,

somebody, most likely you, made a Farwatch account with this address.
Open this link to show that it is yours; it works for one day:

${link}

If it wasn't you, do nothing.
`,
});

export const newEmailMail = (to: string, link: string): AccountMail => ({
  to,
  subject: 'Farwatch: please confirm your new e-mail address',
  text: `Hello,

somebody, most likely you, wants to log in to their Farwatch account with this address
from now on. Open this link to make it so; it works for one day:

${link}

Alerts go where they went before: channels to the old address are not changed by this.
If it wasn't you, do nothing: nothing changes.
`,
});

export const emailAskedMail = (to: string, wanted: string, publicUrl: string): AccountMail => ({
  to,
  subject: 'Farwatch: another e-mail address was asked for',
  text: `Hello,

somebody, most likely you, asked that your Farwatch account be logged in to with
${wanted} instead of this address. Nothing changes before the link in the mail there is opened.

If it wasn't you, they know your password: set a new one at once. That ends every session
and makes that link worthless: ${publicUrl}/forgot-password
`,
});

export const emailChangedMail = (to: string, now: string, publicUrl: string): AccountMail => ({
  to,
  subject: 'Farwatch: your e-mail address was changed',
  text: `Hello,

your Farwatch account is logged in to with ${now} from now on,
and mails about the account go there. This address no longer logs in.
Alerts that go to this address still do: ${publicUrl}/alerting

If it wasn't you, tell whoever runs this Farwatch at once.
`,
});

export const resetMail = (to: string, link: string): AccountMail => ({
  to,
  subject: 'Farwatch: set a new password',
  text: `Hello,

somebody, most likely you, asked to set a new password for the Farwatch account
with this address. Open this link to choose one; it works once, for one hour:

${link}

All other sessions end when you do. If it wasn't you, do nothing: your password stays.
`,
});

export const passwordChangedMail = (to: string, publicUrl: string): AccountMail => ({
  to,
  subject: 'Farwatch: your password was changed',
  text: `Hello,

the password of your Farwatch account was just changed and all other sessions were ended.
If it wasn't you, set a new one at once: ${publicUrl}/forgot-password
`,
});

/** What changed in how somebody logs in, as its mail says it. */
export const logInChanges = {
  'two-factor-on': 'the second step at log-in was turned on',
  'two-factor-off': 'the second step at log-in was turned off',
  'backup-codes-made': 'new backup codes were made and the old ones stopped working',
  'passkey-added': 'a passkey was added',
  'passkey-removed': 'a passkey was removed',
} as const;
export type LogInChange = keyof typeof logInChanges;

export const logInChangedMail = (to: string, change: LogInChange, publicUrl: string): AccountMail => ({
  to,
  subject: `Farwatch: ${logInChanges[change]}`,
  text: `Hello,

${logInChanges[change]} for your Farwatch account, just now.
See how you log in, and where: ${publicUrl}/settings?tab=security

If it wasn't you, set a new password at once, which ends every session: ${publicUrl}/forgot-password
`,
});
