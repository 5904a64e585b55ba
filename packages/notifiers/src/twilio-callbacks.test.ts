import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherTwiml, messageTwiml, readSmsReply, readStatus, verifyTwilioSignature } from './twilio-callbacks.ts';

const authToken = 'auth-t0ken';
const url = 'https://watch.test/v1/twilio/reply?x=1';
const params = { From: '+4915112345678', To: '+15005550006', Body: 'ACK Größe' };

/** Twilio's own recipe: the URL and the sorted fields with their values, HMAC-SHA1 in base64. */
const signed = (fields: Readonly<Record<string, string>>): string => {
  const names = Object.keys(fields).sort();
  return createHmac('sha1', authToken)
    .update(url + names.map((name) => name + fields[name]).join(''), 'utf8')
    .digest('base64');
};

test('a signature holds for exactly its URL, fields and token', () => {
  const signature = signed(params);
  const verify = (changes: Partial<Parameters<typeof verifyTwilioSignature>[0]> = {}): boolean =>
    verifyTwilioSignature({ authToken, signature, url, params, ...changes });
  expect(verify()).toBe(true);
  expect(verify({ params: { ...params, Body: 'ACK Große' } })).toBe(false);
  expect(verify({ params: { ...params, More: '1' } })).toBe(false);
  expect(verify({ url: url.replace('x=1', 'x=2') })).toBe(false);
  expect(verify({ authToken: 'other' })).toBe(false);
  expect(verify({ authToken: '' })).toBe(false);
  expect(verify({ signature: undefined })).toBe(false);
  expect(signature[0]).not.toBe('x');
  expect(verify({ signature: `x${signature.slice(1)}` })).toBe(false);
  expect(verify({ url: 'no URL' })).toBe(false);
});

test.each([
  ['ACK', 'acknowledge'],
  [' ack. ', 'acknowledge'],
  ['Ack 1', 'acknowledge'],
  ['Acknowledged!', 'acknowledge'],
  ['"ack"', 'acknowledge'],
  ['ackermann called', 'other'],
  ['STOP', 'stop'],
  ['stop.', 'stop'],
  ['StopAll', 'stop'],
  ['UNSUBSCRIBE', 'stop'],
  ['cancel', 'stop'],
  ['End', 'stop'],
  ['quit', 'stop'],
  ['stop the shop server', 'other'],
  ['START', 'start'],
  ['unstop', 'start'],
  ['Yes', 'start'],
  ['help?', 'help'],
  ['', 'other'],
  ['who is this', 'other'],
])('the answer %j means %s', (Body, kind) => {
  expect(readSmsReply({ ...params, Body }).kind).toBe(kind);
});

test('an answer says who wrote it to which number', () => {
  const text = 'ACK two';
  expect(readSmsReply({ ...params, Body: 'ACK\ntwo' })).toEqual({
    kind: 'acknowledge',
    from: params.From,
    to: params.To,
    text,
  });
});

test.each([
  ['queued', null],
  ['sent', null],
  ['delivered', 'delivered'],
  ['undelivered', { failed: expect.any(String), permanent: false, again: true }],
  ['canceled', { failed: expect.any(String), permanent: false, again: false }],
])('a message that is %s settles as %j', (MessageStatus, settled) => {
  expect(readStatus({ MessageSid: 'SM1', MessageStatus })).toEqual({
    sid: 'SM1',
    status: MessageStatus,
    errorCode: null,
    settled,
  });
});

test.each([
  ['ringing', null],
  ['in-progress', null],
  ['completed', 'delivered'],
  ['no-answer', { failed: 'nobody answered the call', permanent: false, again: true }],
  ['busy', { failed: 'the line was busy', permanent: false, again: true }],
  ['failed', { failed: 'the call could not be made', permanent: false, again: true }],
  ['canceled', { failed: 'the call was given up', permanent: false, again: false }],
])('a call that is %s settles as %j', (CallStatus, settled) => {
  expect(readStatus({ CallSid: 'CA1', CallStatus })).toEqual({
    sid: 'CA1',
    status: CallStatus,
    errorCode: null,
    settled,
  });
});

test('a phone that answered STOP is not written to again', () => {
  const { settled } = readStatus({ MessageSid: 'SM1', MessageStatus: 'failed', ErrorCode: '21610' });
  expect(settled).toEqual({ failed: expect.stringContaining('STOP'), permanent: true, again: false });
});

test('nothing that comes in makes them throw', () => {
  const units = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes));
  const anything = fc.dictionary(
    fc.constantFrom('Body', 'From', 'To', 'MessageStatus', 'CallStatus', 'ErrorCode', 'MessageSid', '__proto__', 'x'),
    fc.anything({ maxDepth: 1, maxKeys: 2 }),
    { maxKeys: 4 },
  );
  fc.assert(
    fc.property(anything, units, (fields, text) => {
      readSmsReply(fields);
      readStatus(fields);
      expect(verifyTwilioSignature({ authToken, signature: text, url: text, params: fields })).toBe(false);
      gatherTwiml({ digit: text, spoken: text, acknowledgedText: text });
      messageTwiml(text);
    }),
  );
});
