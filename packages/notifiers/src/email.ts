import type { Mailer } from './mailer.ts';
import type { Notifier } from './notifier.ts';

/** Text and HTML by mail. The Message-ID comes from the delivery, so an accidental second copy is known as one. */
export const emailNotifier =
  (mailer: Mailer): Notifier<Readonly<{ address: string }>> =>
  ({ id, subject, text, html, threadId }, { address }, signal) =>
    mailer.send(
      { to: address, subject, text, html, messageId: id, ...(threadId === null ? {} : { threadId }) },
      signal,
    );
