import { renderMail } from './email-template.ts';
import type { Mailer } from './mailer.ts';
import type { Notifier } from './notifier.ts';

/** `organisationId` is whose alert it is. */
export type EmailTarget = Readonly<{ address: string; organisationId: string }>;

/** Text and HTML by mail. The Message-ID comes from the delivery, so an accidental second copy is known as one. */
export const emailNotifier =
  (mailer: Mailer): Notifier<EmailTarget> =>
  async (message, { address, organisationId }, signal) => {
    const { id, subject, threadId, unsubscribeUrl } = message;
    const mail = { to: address, subject, messageId: id, organisationId, ...(await renderMail(message)) };
    const thread = threadId === null ? {} : { threadId };
    return mailer.send({ ...mail, ...thread, ...(unsubscribeUrl === null ? {} : { unsubscribeUrl }) }, signal);
  };
