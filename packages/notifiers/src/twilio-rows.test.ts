import { corpusThere, needs, startTwilioStandIn } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { type ProviderRow, rowsOf } from './provider-rows.fixture.ts';
import { patient, smsFor, to, voiceFor } from './twilio.fixture.ts';
import { readStatus, type TwilioParams } from './twilio-callbacks.ts';

// Every row about Twilio, played by a real server, for text messages and for calls.

const rows = rowsOf('twilio');
const asked = rows.filter(({ api }) => api.startsWith('Messages'));
const calledBack = rows.filter(({ api }) => api === 'status callback');
const corpus = needs('/work/shared/corpora', corpusThere);

corpus.test('the corpus has the rows this file plays', () => {
  expect([asked.length, calledBack.length, rows.length]).toEqual([16, 7, 23]);
});

type Body = Readonly<{ code?: number; sid?: string; MessageStatus?: string; ErrorCode?: number }>;
const bodyOf = ({ body }: ProviderRow): Body => body as Body; // the rows of Twilio have these

const afterMs = 300_000;
/** The log-in and the account's own path are nobody's number. */
const wholeAccount = (code: number | undefined): boolean => code === 20003 || code === 20404;

const expected = (row: ProviderRow): unknown => {
  const { code, sid } = bodyOf(row);
  const reason = expect.stringMatching(new RegExp(`^Twilio: ${code}: [a-z].+`, 'iu'));
  switch (row.expect_class) {
    case 'accepted':
      return { kind: 'accepted', answer: expect.stringContaining('201'), receipt: { sid } };
    case 'permanent':
      return { kind: 'rejected', reason, broken: true };
    case 'operator':
      return { kind: 'retry', reason, operator: true, ...(wholeAccount(code) ? { holds: 'provider' } : {}), afterMs };
    case 'rate_limited':
      return { kind: 'retry', reason, holds: 'provider', afterMs: Number(row.headers['Retry-After']) * 1_000 };
    default:
      return { kind: 'retry', reason };
  }
};

const cases = asked.flatMap((row) =>
  (row.api.includes('Calls') ? (['sms', 'voice'] as const) : (['sms'] as const)).map((channel) => ({
    ...row,
    channel,
  })),
);

corpus.test.each(cases)('$channel: $status $when: $expect_class, asked once', async ({ channel, ...row }) => {
  await using twilio = await startTwilioStandIn(() => ({
    status: row.status ?? 0,
    headers: row.headers,
    body: row.body,
  }));
  const send = channel === 'sms' ? smsFor(twilio) : voiceFor(twilio);
  const outcome = await send(messageOf(), { to }, patient());
  expect(outcome).toEqual(expected(row));
  expect(JSON.stringify(outcome)).not.toContain(twilio.authToken);
  expect(twilio.requests.map(({ problem }) => problem)).toEqual([null]);
});

corpus.test.each(calledBack)('status callback: $when is $expect_class', (row) => {
  const params: TwilioParams = { MessageSid: 'SM1', ...bodyOf(row) };
  const code = bodyOf(row).ErrorCode;
  const permanent = row.expect_class === 'permanent';
  expect(readStatus(params)).toEqual({
    sid: 'SM1',
    status: 'undelivered',
    errorCode: String(code),
    settled: {
      failed: expect.stringMatching(new RegExp(`^Twilio: ${code}: [a-z].+`, 'u')),
      permanent,
      again: !permanent,
    },
  });
});

test.each([
  [
    { status: 400, body: { code: 29999, message: 'new\nwords', status: 400 } },
    { kind: 'rejected', broken: false },
  ],
  [
    { status: 400, body: 'no JSON' },
    { kind: 'rejected', reason: 'Twilio: HTTP 400', broken: false },
  ],
  [
    { status: 400, body: 'null' },
    { kind: 'rejected', reason: 'Twilio: HTTP 400', broken: false },
  ],
  [
    { status: 403, body: {} },
    { kind: 'retry', operator: true },
  ],
  [
    { status: 301, headers: { location: 'http://127.0.0.1:1/' }, body: {} },
    { kind: 'retry', operator: true },
  ],
  [
    { status: 429, body: {} },
    { kind: 'retry', reason: 'Twilio: HTTP 429' },
  ],
  [
    { status: 502, body: '<html>' },
    { kind: 'retry', reason: 'Twilio: HTTP 502' },
  ],
  [
    { status: 503, headers: { 'retry-after': '7' }, body: '' },
    { kind: 'retry', afterMs: 7_000 },
  ],
  [{ status: 201, body: '{"sid": "SM' }, { kind: 'delivered' }],
  [{ status: 201, body: `"${'x'.repeat(200_000)}"` }, { kind: 'delivered' }],
  ['cut', { kind: 'retry' }],
] as const)('the answer %j, which nobody listed, has its reaction too', async (answer, outcome) => {
  await using twilio = await startTwilioStandIn(() => answer);
  expect(await smsFor(twilio)(messageOf(), { to }, patient())).toMatchObject(outcome);
  expect(twilio.requests).toHaveLength(1);
});

test.each([
  [400, 21606, false],
  [400, 21608, false],
  [400, 21219, false],
  [400, 21703, false],
  [401, 20003, true],
  [401, 29998, true],
  [403, 20005, true],
  [403, 10001, true],
  [403, 30002, true],
])('HTTP %i with %i is the operator’s to mend; it holds all messages: %s', async (status, code, all) => {
  await using twilio = await startTwilioStandIn(() => ({ status, body: { code, message: 'no', status } }));
  const reason = expect.stringContaining(String(code));
  const outcome = { kind: 'retry', reason, operator: true, afterMs, ...(all ? { holds: 'provider' } : {}) };
  expect(await smsFor(twilio)(messageOf(), { to }, patient())).toEqual(outcome);
});

test.each([400, 403, 404])('a code nobody listed, with HTTP %i, spoils this message alone', async (status) => {
  await using twilio = await startTwilioStandIn(() => ({ status, body: { code: 29999, message: 'no', status } }));
  expect(await smsFor(twilio)(messageOf(), { to }, patient())).toEqual({
    kind: 'rejected',
    reason: 'Twilio: 29999: no',
    broken: false,
  });
});

test('an unknown code is shown raw with Twilio’s own words, on one line', async () => {
  await using twilio = await startTwilioStandIn(() => ({
    status: 400,
    body: { code: 29999, message: 'new\r\nwords' },
  }));
  const outcome = await smsFor(twilio)(messageOf(), { to }, patient());
  expect(outcome).toMatchObject({ reason: 'Twilio: 29999: new words' });
});

test('a wrong token is the operator’s to mend, and is not repeated', async () => {
  await using twilio = await startTwilioStandIn();
  const outcome = await smsFor(twilio, { authToken: 's3cret' })(messageOf(), { to }, patient());
  expect(outcome).toMatchObject({ kind: 'retry', operator: true, reason: expect.stringContaining('20003') });
  expect(JSON.stringify(outcome)).not.toContain('s3cret');
});

test.each(['', '015112345678', '+49 151 1234', '+0', 'whatsapp:+4915112345678'])(
  '%j is no phone number and reaches nobody',
  async (number) => {
    await using twilio = await startTwilioStandIn();
    expect(await smsFor(twilio)(messageOf(), { to: number }, patient())).toMatchObject({
      kind: 'rejected',
      broken: true,
    });
    expect(await voiceFor(twilio)(messageOf(), { to: number }, patient())).toMatchObject({ kind: 'rejected' });
    expect(twilio.requests).toHaveLength(0);
  },
);
