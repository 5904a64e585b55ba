import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSlackInteraction, verifySlackSignature } from './slack-interaction.ts';

// The example that docs.slack.dev gives under "Verifying requests from Slack".
const example = {
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  rawBody:
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
    '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com' +
    '%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14' +
    'd10d2c447fce8b6703c',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  now: 1_531_420_618_000,
};

test('Slack’s own example verifies, five minutes long, and nothing that was changed does', () => {
  expect(verifySlackSignature(example)).toBe(true);
  expect(verifySlackSignature({ ...example, now: example.now + 299_000 })).toBe(true);
  expect(verifySlackSignature({ ...example, now: example.now + 301_000 })).toBe(false);
  expect(verifySlackSignature({ ...example, now: example.now - 301_000 })).toBe(false);
  expect(verifySlackSignature({ ...example, rawBody: `${example.rawBody} ` })).toBe(false);
  expect(verifySlackSignature({ ...example, signingSecret: 'other' })).toBe(false);
  expect(verifySlackSignature({ ...example, signature: undefined })).toBe(false);
  expect(verifySlackSignature({ ...example, timestamp: undefined })).toBe(false);
});

test('a signature with an empty secret or an odd timestamp is none', () => {
  const signed = (signingSecret: string, timestamp: string) => ({
    ...example,
    signingSecret,
    timestamp,
    signature: `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${example.rawBody}`).digest('hex')}`,
  });
  expect(verifySlackSignature(signed('', example.timestamp))).toBe(false);
  expect(verifySlackSignature(signed('s', `${example.timestamp}.0`))).toBe(false);
  expect(verifySlackSignature(signed('s', example.timestamp))).toBe(true);
});

test('no changed byte and no other length passes or throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (signature, timestamp, rawBody) => {
      expect(verifySlackSignature({ ...example, signature })).toBe(signature === example.signature);
      expect(verifySlackSignature({ ...example, timestamp })).toBe(timestamp === example.timestamp);
      expect(verifySlackSignature({ ...example, rawBody })).toBe(rawBody === example.rawBody);
    }),
  );
});

const click = (changes: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' },
  channel: { id: 'C1', name: 'ops' },
  response_url: 'https://hooks.slack.com/actions/T1/2/3',
  actions: [
    { type: 'button', action_id: 'acknowledge', block_id: 'x', value: 'ack:01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e' },
  ],
  ...changes,
});
const bodyOf = (payload: unknown): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

test('a click on Acknowledge says which delivery, who, and where', () => {
  expect(readSlackInteraction(bodyOf(click()))).toEqual({
    deliveryId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
    userId: 'U1',
    userName: 'ada',
    channelId: 'C1',
    responseUrl: 'https://hooks.slack.com/actions/T1/2/3',
  });
});

test.each([
  ['the Open button', click({ actions: [{ type: 'button', action_id: 'open' }] })],
  ['another value', click({ actions: [{ action_id: 'acknowledge', value: 'drop:1' }] })],
  ['another kind of payload', click({ type: 'view_submission' })],
  ['nobody', click({ user: undefined })],
  ['no list of actions', click({ actions: { length: 1 } })],
  ['an array', []],
])('%s is not ours', (_, payload) => expect(readSlackInteraction(bodyOf(payload))).toBeNull());

test('any body is read or is null', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.anything().map((value) => bodyOf(value)),
    fc.record({ type: fc.constant('block_actions'), actions: fc.anything(), user: fc.anything() }).map(bodyOf),
    fc
      .record({ actions: fc.array(fc.record({ action_id: fc.constant('acknowledge'), value: fc.anything() })) })
      .map((changes) => bodyOf(click(changes))),
  );
  fc.assert(
    fc.property(anything, (body) => {
      const read = readSlackInteraction(body);
      if (read !== null) expect(read.deliveryId).toMatch(/^[\w-]{1,64}$/u);
    }),
  );
});
