import { createHmac, randomUUIDv7 } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addMember,
  type ChannelApi,
  forgetMembers,
  openIncidentOf,
  startChannelApi,
  tell,
  twilio,
} from '../channels/channels.fixture.ts';
import type { Receipt } from './receipts.ts';

const settled: Receipt[] = [];
let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi({
    deps: {
      receipts: {
        settle: async (receipt) => {
          settled.push(receipt);
          return receipt.providerId === 'SM-early' && settled.length < 2 ? 'unknown' : 'settled';
        },
      },
      spoken: async (deliveryId) => `Shop & Co is down. ${deliveryId.length}`,
    },
  });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'monitor', 'opt_out']) await api.sql.query(`DELETE FROM ${table}`);
  await forgetMembers(api.sql);
  settled.length = 0;
  api.plans.length = 0;
});

const phone = '+4915112345678';
/** As Twilio documents it: HMAC-SHA1 over the URL and every field by name. */
const signatureOf = (url: string, fields: Readonly<Record<string, string>>, authToken: string = twilio.authToken) => {
  const names = Object.keys(fields).sort();
  const text = `https://watch.test${url}${names.map((name) => `${name}${fields[name]}`).join('')}`;
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
};
const send = (path: string, fields: Readonly<Record<string, string>>, signature?: string) => {
  const url = `/v1/inbound/twilio/${path}`;
  return api.app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature ?? signatureOf(url, fields),
    },
    payload: new URLSearchParams(fields).toString(),
  });
};
const text = async (words: string, from = phone) => {
  const answer = await send('sms', { From: from, To: twilio.from, Body: words, MessageSid: 'SM1' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/xml');
  return answer.body;
};
const add = async (kind: string, more: object = {}, key = api.mine.writer): Promise<string> =>
  (await api.call(key, 'POST', '/v1/channels', { body: { target: { kind, phone }, ...more } })).body.id;
const statuses = async () =>
  (
    await api.sql.query<{ kind: string; status: string }>('SELECT kind, status FROM channel ORDER BY created_at, id')
  ).rows.map(({ kind, status }) => `${kind} ${status}`);
const having = async () =>
  (
    await api.sql.query<{ name: string; by: object }>(
      `SELECT m.name, i.acknowledged_by AS by FROM incident i JOIN monitor m ON m.id = i.monitor_id
       WHERE i.acknowledged_at IS NOT NULL ORDER BY m.name`,
    )
  ).rows;

test('ACK takes what this phone was texted about in the last day, for whoever owns the channel', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com' });
  const channelId = await add('sms', { accountId: ann.id });
  const theirs = await add('sms', { name: 'Their phone' }, api.other.writer);
  const told = async (name: string, over: object = {}, organisation = api.mine.id, channel = channelId) => {
    const incidentId = await openIncidentOf(api.sql, organisation, name);
    return tell(api.sql, { channelId: channel, incidentId, ...over });
  };
  const shop = await told('Shop <&>');
  await told('Blog', { bundleId: shop, sentAt: null });
  await told('Their site', {}, api.other.id, theirs);
  await told('Old', { sentAt: Date.now() - 25 * 3_600_000 });
  await told('Never sent', { sentAt: null });
  const answer = await text(' Ack! ');
  expect(answer).toContain('<Message>You have: ');
  for (const name of ['Shop &lt;&amp;&gt;', 'Blog', 'Their site']) expect(answer).toContain(name);
  const mine = { accountId: ann.id, name: 'Ann', via: 'sms' };
  expect(await having()).toEqual([
    { name: 'Blog', by: mine },
    { name: 'Shop <&>', by: mine },
    { name: 'Their site', by: { accountId: null, name: 'Their phone', via: 'sms' } },
  ]);
  expect(await text('ACK')).toContain('Nothing is waiting for your ACK.');
});

test('STOP ends every channel of the phone, whoever added it, and START takes it back', async () => {
  await add('sms');
  await add('voice', {}, api.other.writer);
  const broken = await add('sms');
  await api.sql.query(`UPDATE channel SET status = 'stopped', status_reason = 'another' WHERE id = $1`, [broken]);
  expect(await text('Stop')).not.toContain('<Message>');
  expect(await statuses()).toEqual(['sms stopped', 'voice stopped', 'sms stopped']);
  expect((await api.sql.query('SELECT 1 FROM opt_out')).rows).toHaveLength(1);
  await add('sms');
  await text('STOP');
  await text('start');
  expect(await statuses()).toEqual(['sms active', 'voice active', 'sms stopped', 'sms active']);
  expect((await api.sql.query('SELECT 1 FROM opt_out')).rows).toHaveLength(0);
  expect(api.plans.map(([what]) => what)).toEqual(['channelUsable', 'channelUsable', 'channelUsable']);
  expect(await text('help')).toContain('STOP to get no more messages');
  expect(await text('what is this?')).not.toContain('<Message>');
});

test('a phone without a channel is not answered, and one that has one twenty times an hour', async () => {
  for (const words of ['ACK', 'HELP']) expect(await text(words, '+442071838751')).not.toContain('<Message>');
  const from = '+442071838750';
  const body = { target: { kind: 'voice', phone: from } };
  await api.call(api.mine.writer, 'POST', '/v1/channels', { body });
  const answers: boolean[] = [];
  for (let i = 0; i < 22; i++) answers.push((await text(i % 2 === 0 ? 'ACK' : 'HELP', from)).includes('<Message>'));
  expect(answers).toEqual([...Array.from({ length: 20 }, () => true), false, false]);
  await text('STOP', from);
  expect(await statuses()).toEqual(['voice stopped']);
});

test('a phone that is added while it says STOP ends up stopped', async () => {
  await Promise.all([add('sms'), text('STOP'), add('voice'), add('sms')]);
  expect((await statuses()).every((status) => status.endsWith('stopped'))).toBe(true);
});

test('what became of messages and calls is told to alerting; what is still under way is not', async () => {
  const failed = { MessageSid: 'SM2', MessageStatus: 'undelivered', ErrorCode: '30005' };
  for (const fields of [
    { MessageSid: 'SM1', MessageStatus: 'delivered' },
    { MessageSid: 'SM1', MessageStatus: 'sent' },
    failed,
    { CallSid: 'CA1', CallStatus: 'no-answer' },
    { MessageStatus: 'delivered' },
  ]) {
    const answer = await send('status', fields);
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  }
  expect(settled).toEqual([
    { providerId: 'SM1', settled: 'delivered' },
    { providerId: 'SM2', settled: { failed: expect.stringContaining('30005'), permanent: true, again: false } },
    {
      providerId: 'CA1',
      settled: { failed: expect.stringContaining('nobody answered'), permanent: false, again: true },
    },
  ]);
});

test('news of a message that the worker has not noted down yet is told once more', async () => {
  expect((await send('status', { MessageSid: 'SM-early', MessageStatus: 'delivered' })).statusCode).toBe(204);
  expect(settled).toHaveLength(2);
});

test('in a call 1 acknowledges, 2 says it again, and anything else asks again', async () => {
  const channelId = await add('voice', { name: 'Night phone' });
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId, incidentId });
  const press = async (Digits: string, id = deliveryId) => (await send(`voice/${id}`, { CallSid: 'CA1', Digits })).body;
  expect(await press('2')).toContain('Shop &amp; Co is down.');
  expect(await press('9')).toContain('<Gather');
  expect(await having()).toEqual([]);
  expect(await press('1')).toContain('You have it.');
  expect(await having()).toEqual([{ name: 'Shop', by: { accountId: null, name: 'Night phone', via: 'voice' } }]);
  expect(await press('1')).toContain('Night phone has it already.');
  for (const id of [randomUUIDv7(), 'nonsense']) expect(await press('1', id)).toContain('This news is gone.');
});

test('a key pressed for a message that was no call acknowledges nothing', async () => {
  const channelId = await add('sms');
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId, incidentId });
  expect((await send(`voice/${deliveryId}`, { Digits: '1' })).body).toContain('This news is gone.');
  expect(await having()).toEqual([]);
});

test.each(['sms', 'status', `voice/${randomUUIDv7()}`])('%s without Twilio’s signature is 403', async (path) => {
  await add('sms');
  const fields = { From: phone, Body: 'STOP', MessageSid: 'SM1', MessageStatus: 'delivered' };
  const url = `/v1/inbound/twilio/${path}`;
  for (const signature of ['', 'nonsense', signatureOf(url, fields, 'another-token'), signatureOf('/v1/x', fields)]) {
    const answer = await send(path, fields, signature);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'bad-signature']);
  }
  expect([await statuses(), settled]).toEqual([['sms active'], []]);
});

test('without Twilio there is nothing here', async () => {
  const config = { ...api.deps.config, twilio: undefined };
  await using bare = await startChannelApi({ deps: { config } });
  for (const path of ['sms', 'status', `voice/${randomUUIDv7()}`])
    expect((await bare.app.inject({ method: 'POST', url: `/v1/inbound/twilio/${path}` })).statusCode).toBe(404);
});

test('nothing that Twilio could bring along is a fault of ours', async () => {
  const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('ACK', 'STOP', phone, 'delivered', '1', '2'));
  const names = fc.constantFrom(
    'From',
    'To',
    'Body',
    'MessageSid',
    'MessageStatus',
    'CallStatus',
    'CallSid',
    'ErrorCode',
    'Digits',
    '__proto__',
    'constructor',
  );
  const forms = fc.dictionary(
    names,
    words.map((word) => word.toWellFormed()),
    { noNullPrototype: true },
  );
  const paths = fc.constantFrom('sms', 'status', `voice/${randomUUIDv7()}`, 'voice/x');
  await fc.assert(
    fc.asyncProperty(paths, forms, async (path, fields) => {
      const { statusCode } = await send(path, fields);
      expect([200, 204, 403]).toContain(statusCode);
    }),
    { numRuns: 200 },
  );
});
