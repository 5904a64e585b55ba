import { startTelegramStandIn } from '@farwatch/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patient, rules } from './chat-message.fixture.ts';
import { readTelegramUpdate, telegramApi } from './telegram-updates.ts';

const ada = { id: 5, is_bot: false, first_name: 'Ada', last_name: 'Lovelace', username: 'ada' };
const direct = { id: 5, type: 'private', first_name: 'Ada' };
const group = { id: -1001, type: 'supergroup', title: 'Ops\u202e\nroom' };
const said = (text: string, chat: object = direct) => ({
  update_id: 1,
  message: { message_id: 3, from: ada, chat, date: 1, text },
});
const start = { kind: 'start', code: 'Abc_-1', chatId: '5', chatTitle: 'Ada', fromName: 'Ada Lovelace' };

test.each([
  ['/start Abc_-1', direct, start],
  ['  /start   Abc_-1\n', direct, start],
  ['/start@farwatch_bot Abc_-1', group, { ...start, chatId: '-1001', chatTitle: 'Ops room' }],
  ['/stop', direct, { kind: 'stop', chatId: '5' }],
  ['/stop@farwatch_bot', group, { kind: 'stop', chatId: '-1001' }],
  ['/start', direct, { kind: 'other' }],
  ['/start two words', direct, { kind: 'other' }],
  [`/start ${'x'.repeat(65)}`, direct, { kind: 'other' }],
  ['/started Abc', direct, { kind: 'other' }],
  ['hello', direct, { kind: 'other' }],
])('%j', (text, chat, expected) => expect(readTelegramUpdate(said(text, chat))).toEqual(expected));

const click = (data: string) => ({
  update_id: 2,
  callback_query: { id: '99', from: ada, message: { message_id: 3, chat: group, date: 1 }, data },
});
test('a click on Acknowledge says which delivery, who, and where', () => {
  expect(readTelegramUpdate(click('ack:01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e'))).toEqual({
    kind: 'acknowledge',
    deliveryId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
    chatId: '-1001',
    callbackId: '99',
    fromName: 'Ada Lovelace',
  });
  expect(readTelegramUpdate(click('ack:'))).toEqual({ kind: 'other' });
  expect(readTelegramUpdate(click('drop:1'))).toEqual({ kind: 'other' });
});

test.each([
  ['kicked', { kind: 'stop', chatId: '-1001' }],
  ['left', { kind: 'stop', chatId: '-1001' }],
  ['member', { kind: 'other' }],
])('the bot is %s', (status, expected) => {
  const change = { chat: group, from: ada, date: 1, new_chat_member: { user: { id: 1 }, status } };
  expect(readTelegramUpdate({ update_id: 3, my_chat_member: change })).toEqual(expected);
});

test('any update is read', () => {
  const odd = fc.oneof(fc.anything(), fc.record({ id: fc.anything(), title: fc.anything(), chat: fc.anything() }));
  const update = fc.oneof(
    fc.anything(),
    fc.record(
      {
        message: fc.oneof(odd, fc.record({ chat: odd, text: fc.anything(), from: odd })),
        callback_query: odd,
        my_chat_member: odd,
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(update, (value) => {
      expect(readTelegramUpdate(value)).toHaveProperty('kind');
    }),
  );
});

test('the Bot API is asked for what we read, waits as long as it is told, and answers clicks', async () => {
  await using telegram = await startTelegramStandIn(({ api }) =>
    api === 'getUpdates'
      ? { status: 200, body: JSON.stringify({ ok: true, result: [said('/start a'), 7] }) }
      : undefined,
  );
  const { apiUrl, botToken } = telegram;
  const api = telegramApi({ apiUrl, botToken, rules });
  expect(await api.getMe(patient())).toEqual({ ok: true, result: { username: 'farwatch_bot' } });
  expect(await api.getUpdates({ offset: 8, timeoutS: 25 }, patient())).toEqual({
    ok: true,
    result: [said('/start a')],
  });
  expect(await api.answerCallbackQuery({ callbackId: '99', text: 'Thank you' }, patient())).toEqual({
    ok: true,
    result: true,
  });
  expect(await api.sendText('5', 'Linked', patient())).toEqual({ ok: true, result: { messageId: '4' } });
  expect(telegram.faults).toEqual([]);
  expect(telegram.calls[1]?.fields).toEqual({
    offset: 8,
    timeout: 25,
    limit: 20,
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  });
});

test.each([
  [401, 'Unauthorized', { operator: true }],
  [409, 'Conflict: terminated by other getUpdates request', { operator: true }],
  [429, 'Too Many Requests: retry after 3', { afterMs: 3_000 }],
  [502, 'Bad Gateway', {}],
])('HTTP %i is a reason, without the token', async (code, description, more) => {
  await using telegram = await startTelegramStandIn(({ path }) => ({
    status: code,
    body: JSON.stringify({ ok: false, description: `${description} ${path}`, parameters: { retry_after: 3 } }),
  }));
  const { apiUrl, botToken } = telegram;
  const reply = await telegramApi({ apiUrl, botToken, rules }).getUpdates({ offset: 0, timeoutS: 1 }, patient());
  expect(reply).toMatchObject({ ok: false, reason: expect.stringContaining(description), ...more });
  expect(JSON.stringify(reply)).not.toContain('WwEe');
});

test('a silent server ends with the signal', async () => {
  await using telegram = await startTelegramStandIn(() => 'silence');
  const { apiUrl, botToken } = telegram;
  const api = telegramApi({ apiUrl, botToken, rules });
  const reply = await api.getUpdates({ offset: 0, timeoutS: 50 }, AbortSignal.timeout(200));
  expect(reply).toEqual({ ok: false, reason: 'Telegram: no answer in time' });
});
