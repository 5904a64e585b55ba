import type { NodemailerError } from 'nodemailer';
import type { Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';

/** How long our own mistakes rest before the next look whether the operator has mended them. */
const mendMs = 300_000;

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
    case 'EENVELOPE':
      return 'the mail server can not be given this address';
    default:
      return `the mail server could not be reached (${error.originalCode ?? error.code ?? 'unknown'})`;
  }
};

const isLogIn = ({ code }: NodemailerError): boolean => code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2';

/** Addresses in an answer: anybody may have chosen their words. */
const addresses = /<[^>]*>|"[^"]*"@\S*|\S*@\S*/gu;
const refusesRelay =
  /\brelay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed|authorized)|prohibited)|\b(?:unable|not (?:permitted|allowed|authorized)|do(?:es)? not) (?:to )?relay\b/iu;

/** A server that does not carry our mail at all says so at RCPT too; every address would look as if it bounced. */
const isRelayRefusal = (answer: string): boolean => refusesRelay.test(answer.replace(addresses, ' '));

/** What a refusal for good is about: the addressee, or us (our log-in, our sender address, our right to relay). */
const blames = (error: NodemailerError): 'log-in' | 'sender' | 'relay' | 'addressee' | 'mail' | 'nobody' => {
  const status = error.responseCode;
  const forGood = status === undefined ? error.code === 'EENVELOPE' : status >= 500;
  if (error.code === 'EMESSAGE' && status === undefined) return 'mail'; // larger than the server said it takes
  if (isLogIn(error)) return status !== undefined && status < 500 ? 'nobody' : 'log-in';
  if (!forGood) return 'nobody';
  if (status === undefined) return 'addressee'; // an envelope that the library itself refuses
  if (error.command === 'RCPT TO') return isRelayRefusal(error.response ?? '') ? 'relay' : 'addressee';
  return error.command === 'DATA' ? 'addressee' : 'sender';
};

/**
 * What a failed SMTP conversation means. 4xx and a broken connection: later. 5xx to the addressee or the mail: the
 * address bounces. 5xx to us (before the addressee was named, or to our log-in) is the operator's to mend and says
 * nothing about this address. What is said once the addressee was named holds up no other: they may have brought it about.
 */
export const smtpOutcome = (error: NodemailerError): Outcome => {
  const reason = cut(oneLine(words(error)), 500);
  const ours = (about: string): Outcome => ({
    kind: 'retry',
    reason: cut(`the mail server refused ${about}: ${reason}`, 500),
    operator: true,
    holds: 'provider',
    afterMs: mendMs,
  });
  switch (blames(error)) {
    case 'log-in':
      return ours('our log-in (check the user and password of SMTP_URL)');
    case 'sender':
      return ours('to carry our mail (check MAIL_FROM and SMTP_URL)');
    case 'relay':
      return {
        kind: 'retry',
        reason: cut(`the mail server refused to carry this mail (check MAIL_FROM and SMTP_URL): ${reason}`, 500),
        operator: true,
      };
    case 'addressee':
      return { kind: 'rejected', reason, broken: true };
    case 'mail':
      return { kind: 'rejected', reason: 'this mail is larger than the mail server takes', broken: false };
    case 'nobody':
      return { kind: 'retry', reason };
  }
};
