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
