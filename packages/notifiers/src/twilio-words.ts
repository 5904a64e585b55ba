/**
 * Whom a code of Twilio's is about, and what to do, in words. `account`: our account as a whole, so that nothing gets
 * through. `operator`: ours to mend, too, but it may depend on the number that a user typed.
 */
type Word = Readonly<{ about: 'phone' | 'account' | 'operator' | 'moment'; advice: string }>;

const phone = (advice: string): Word => ({ about: 'phone', advice });
const account = (advice: string): Word => ({ about: 'account', advice });
const operator = (advice: string): Word => ({ about: 'operator', advice });
const moment = (advice: string): Word => ({ about: 'moment', advice });

/** Codes of refused requests and of failed messages (twilio.com/docs/api/errors). */
export const twilioWords: Readonly<Record<string, Word>> = {
  '10001': account('the Twilio account is not active: look at it in the console'),
  '13223': phone('this number can not be called: check it, with its country code'),
  '13224': phone('this is not a valid phone number: check it, with its country code'),
  '13225': phone('Twilio does not call this number'),
  '13227': phone('calls to this country are not enabled at Twilio: enable it, or use another number'),
  '20003': account('Twilio refused our log-in: check the account SID and the auth token'),
  '20005': account('the Twilio account is not active: look at it in the console'),
  '20404': account('Twilio does not know this account or address: check the account SID and the API URL'),
  '20429': moment('too many requests at once'),
  '20500': moment('Twilio has an internal fault'),
  '20503': moment('Twilio is not available'),
  '21210': operator('the sending number is not verified: verify it in the console'),
  '21211': phone('this is not a valid phone number: check it, with its country code'),
  '21212': operator('the sending number is not valid: check it in the settings'),
  '21214': phone('this number can not be reached: check it'),
  '21215': phone('calls to this country are not enabled at Twilio: enable it, or use another number'),
  '21216': phone('Twilio does not call this number'),
  '21217': phone('this is not a valid phone number: check it, with its country code'),
  '21219': operator('a trial account reaches verified numbers only: verify this one or upgrade the account'),
  '21408': phone('messages to this country are not enabled at Twilio: enable it, or use another number'),
  '21421': phone('this is not a valid phone number: check it, with its country code'),
  '21603': operator('there is no sending number: set one'),
  '21604': phone('there is no phone number: enter one'),
  '21606': operator('the sending number can not send text messages to this number: use another one'),
  '21608': operator('a trial account reaches verified numbers only: verify this one or upgrade the account'),
  '21609': operator('Twilio does not take our callback URL: check the public URL of this installation'),
  '21610': phone('this number answered STOP: it gets messages again when START is sent from it'),
  '21611': moment('too many messages of the sending number are waiting'),
  '21612': phone('Twilio can not reach this number from ours: use another number'),
  '21614': phone('this is not a mobile number: use one that takes text messages'),
  '21617': phone('the message is longer than 1,600 characters'),
  '21701': operator('the messaging service does not exist: check its SID'),
  '21703': operator('the messaging service has no sending number: add one to it'),
  '30001': moment('too many messages were waiting'),
  '30002': account('the Twilio account is suspended: look at it in the console'),
  '30003': moment('the phone could not be reached: it may be off or out of range'),
  '30004': phone('the phone or its network blocks our messages'),
  '30005': phone('this number is not in use'),
  '30006': phone('this is a landline, or its network can not be reached'),
  '30007': phone('the network took the message for spam and filtered it'),
  '30008': moment('the network gave no reason'),
  '30034': operator('the sending number is not registered for A2P 10DLC: register it in the console'),
};

/** `Twilio: 21610: this number answered STOP: …`; a code nobody listed stands with Twilio's own words, or alone. */
export const twilioReason = (code: string, said: string): string =>
  ['Twilio', code, twilioWords[code]?.advice ?? said].filter((part) => part !== '').join(': ');
