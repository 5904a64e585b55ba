import { createTransport, type NodemailerError, type SendMailOptions } from 'nodemailer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { writeMailFile } from './mail-files.ts';
import type { Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';
import { smtpOutcome } from './smtp-outcome.ts';

/** One mail to one person. Ids are without angle brackets; the domain of the sender is added to them. */
export type Mail = Readonly<{
  to: string;
  /** Any text: it becomes one line of at most 200 characters. */
  subject: string;
  text: string;
  html?: string;
  /** Stable across attempts; a random one when missing. */
  messageId?: string;
  /** Groups mails into a thread. */
  threadId?: string;
  /** Where one POST ends these mails (RFC 8058); an https URL of ours. */
  unsubscribeUrl?: string;
  /** Whose alert it is; missing for mails about the addressee's own account. Where mails are files it decides who reads. */
  organisationId?: string;
}>;

export type MailSettings = Readonly<{ smtpUrl: string; from: string } | { mailDir: string; from: string }>;

export type Mailer = Readonly<{
  /** Sends once and says how it went; never throws for what a mail server does. */
  send: (mail: Mail, signal?: AbortSignal) => Promise<Outcome>;
  close: () => Promise<void>;
}>;

/** How long to wait for the connection, for the server's greeting and for each of its answers. */
export type MailWaits = Readonly<{ connectMs: number; greetingMs: number; answerMs: number }>;

/** The library's own are minutes long. */
const usualWaits: MailWaits = { connectMs: 10_000, greetingMs: 10_000, answerMs: 20_000 };

const timeouts = ({ connectMs, greetingMs, answerMs }: MailWaits) => ({
  connectionTimeout: connectMs,
  dnsTimeout: connectMs,
  greetingTimeout: greetingMs,
  socketTimeout: answerMs,
  socketCloseTimeout: 1_000,
});
const pool = {
  pool: true,
  maxConnections: 5,
  maxMessages: 100,
  maxRequeues: 0, // sending again is the caller's decision, with the reason in the log
  idleTimeout: 15_000, // below what servers allow, so that no mail is handed to a line that is just being hung up
} as const;
/** Mails waiting for a connection; beyond it the caller comes again. */
const maxPending = 500;

const addressPattern = /^[^\s<>()[\],;:\\"@\p{Cc}]{1,64}@[^\s<>()[\],;:\\"@\p{Cc}]{1,253}$/u;

/** The domain of `Name <a@b>` or `a@b`, for Message-IDs. */
const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)>?\s*$/u.exec(from)?.[1] ?? 'localhost';

const idPart = (id: string): string => id.replace(/[^A-Za-z0-9._-]/gu, '');

/** A name that looks like an encoded word would be shown as what it hides, so such a subject is encoded as a whole. */
const subjectFields = (text: string): Pick<SendMailOptions, 'subject' | 'headers'> => {
  const subject = cut(oneLine(text), 200);
  const value = encodeWord(subject, 'B', 52);
  // RFC 3834: answering machines stay quiet.
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  return subject.includes('=?')
    ? { headers: { ...headers, Subject: { prepared: true, foldLines: true, value } } }
    : { headers, subject };
};

/** RFC 8058: mail programs show a button that ends these mails with one POST. A URL's `href` holds no line break. */
const unsubscribeFields = (url: string | undefined): NonNullable<SendMailOptions['headers']> => {
  const href = URL.parse(url ?? '')?.href;
  if (href === undefined) return {};
  const value = `<${href}>`;
  return {
    'List-Unsubscribe': { prepared: true, foldLines: false, value },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
};

const headersOf = (mail: Mail): Pick<SendMailOptions, 'subject' | 'headers'> => {
  const fields = subjectFields(mail.subject);
  return { ...fields, headers: { ...fields.headers, ...unsubscribeFields(mail.unsubscribeUrl) } };
};

const compose = (mail: Mail, from: string): SendMailOptions => {
  const domain = domainOf(from);
  const thread = mail.threadId === undefined ? undefined : `<thread.${idPart(mail.threadId)}@${domain}>`;
  return {
    from,
    to: { name: '', address: mail.to },
    ...headersOf(mail),
    text: mail.text.toWellFormed(),
    ...(mail.html === undefined ? {} : { html: mail.html.toWellFormed() }),
    ...(mail.messageId === undefined ? {} : { messageId: `<${idPart(mail.messageId)}@${domain}>` }),
    ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
};

/** Checks the URL without repeating it: it carries a password. */
const checkedUrl = (smtpUrl: string): string => {
  const url = URL.parse(smtpUrl);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw new Error('SMTP_URL must look like smtp://user:password@mail.example.com:587');
  return smtpUrl;
};

const smtpMailer = (smtpUrl: string, from: string, waits: MailWaits): Mailer => {
  const transporter = createTransport({ ...pool, ...timeouts(waits), url: checkedUrl(smtpUrl) });
  let pending = 0;
  return {
    send: async (mail, signal) => {
      if (!addressPattern.test(mail.to))
        return { kind: 'rejected', reason: 'this is not a mail address', broken: true };
      if (pending >= maxPending) return { kind: 'retry', reason: 'too many mails are waiting for the mail server' };
      pending += 1;
      try {
        const info = await transporter.sendMail({
          ...compose(mail, from),
          ...(signal === undefined ? {} : { signal }),
        });
        return { kind: 'delivered', answer: cut(oneLine(info.response ?? 'accepted'), 500) };
      } catch (error) {
        return smtpOutcome(error as NodemailerError); // what sendMail rejects with, by its documentation
      } finally {
        pending -= 1;
      }
    },
    close: async () => transporter.close(),
  };
};

const fileMailer = (mailDir: string, from: string): Mailer => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail, signal) => {
      if (!addressPattern.test(mail.to))
        return { kind: 'rejected', reason: 'this is not a mail address', broken: true };
      if (signal?.aborted === true) return { kind: 'retry', reason: 'there was no time left to write the mail' };
      const { message } = await composer.sendMail(compose(mail, from));
      const whole = Buffer.isBuffer(message) ? message : Buffer.alloc(0); // always a Buffer with `buffer: true`
      const { to, text, organisationId = null } = mail;
      try {
        const subject = cut(oneLine(mail.subject), 200);
        const entry = { at: Date.now(), to, subject, text: text.toWellFormed(), organisationId };
        return { kind: 'delivered', answer: `written to ${await writeMailFile(mailDir, entry, whole)}` };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException; // file system calls reject with these
        return { kind: 'retry', reason: `the mail folder could not be written (${code ?? 'unknown'})` };
      }
    },
    close: async () => composer.close(),
  };
};

/**
 * Opens the way mails go: a pooled SMTP connection, or files in a folder when there is no server. Connects on the first
 * mail. Throws one line that names SMTP_URL when that can't be used.
 */
export const openMailer = (settings: MailSettings, waits: MailWaits = usualWaits): Mailer =>
  'smtpUrl' in settings
    ? smtpMailer(settings.smtpUrl, settings.from, waits)
    : fileMailer(settings.mailDir, settings.from);
