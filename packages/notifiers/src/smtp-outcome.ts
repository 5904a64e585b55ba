import type { NodemailerError } from 'nodemailer';
import type { Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';

/** The server's own words when it spoke, else what went wrong on the way. A mail server's answer names no secret. */
const words = (error: NodemailerError): string => {
  if (error.response !== undefined) return error.response;
  switch (error.code) {
    case 'ETIMEDOUT':
      return `the mail server did not answer in time (${error.timeoutType ?? 'ETIMEDOUT'})`;
    case 'EABORT':
      return 'the mail server did not answer in time';
    case 'ETLS':
      return 'the encrypted connection to the mail server failed (ETLS)';
    default:
      return `the mail server could not be reached (${error.originalCode ?? error.code ?? 'unknown'})`;
  }
};

/**
 * What a failed SMTP conversation means. 4xx and a broken connection: later. 5xx: never, but for a refused log-in, which
 * is the operator's to mend and says nothing about this mail.
 */
export const smtpOutcome = (error: NodemailerError): Outcome => {
  const reason = cut(oneLine(words(error)), 500);
  const ours = error.code === 'EAUTH' || error.code === 'ENOAUTH' || error.code === 'EOAUTH2';
  if (ours) return { kind: 'retry', reason: cut(`the mail server refused our log-in: ${reason}`, 500) };
  // An envelope that nodemailer itself refuses never reaches a server, so it has no reply code.
  const refused = error.permanent === true || (error.code === 'EENVELOPE' && error.responseCode === undefined);
  return refused ? { kind: 'rejected', reason } : { kind: 'retry', reason };
};
