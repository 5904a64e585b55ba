import type { Mailer } from './mailer.ts';
import type { Notifier } from './notifier.ts';

/** `organisationId` is whose alert it is. */
export type EmailTarget = Readonly<{ address: string; organisationId: string }>;

/** Text and HTML by mail. The Message-ID comes from the delivery, so an accidental second copy is known as one. */
export const emailNotifier =
  (mailer: Mailer): Notifier<EmailTarget> =>
  ({ id, subject, text, html, threadId }, { address, organisationId }, signal) =>
    mailer.send(
      { to: address, subject, text, html, messageId: id, organisationId, ...(threadId === null ? {} : { threadId }) },
      signal,
    );
