import { startTelegramStandIn, type TelegramCall, telegramShown } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { alert, patient, rules, tooMuch } from './chat-message.fixture.ts';
import { telegramNotifier } from './telegram.ts';

type StandIn = Awaited<ReturnType<typeof startTelegramStandIn>>;
const sender = ({ apiUrl, botToken }: StandIn) => telegramNotifier({ apiUrl, botToken, rules });
const failed = (code: number, description: string, parameters: object = {}) => ({
  status: code,
  body: JSON.stringify({ ok: false, error_code: code, description, parameters }),
});
const chat = { chatId: '-42' };
const previous = { messageId: '7' };
const shownOf = (call: TelegramCall | undefined): string => {
  const shown = telegramShown(String(call?.fields.text));
  return typeof shown === 'string' ? '' : shown.text;
};
const keyboardOf = (call: TelegramCall | undefined): unknown => Object(call?.fields.reply_markup).inline_keyboard;

test('an alert: the facts as text, the link in it, and both buttons', async () => {
  await using telegram = await startTelegramStandIn();
  const outcome = await sender(telegram)(alert(), chat, patient());
  expect(outcome).toEqual({ kind: 'delivered', answer: 'HTTP 200: message 1', receipt: { messageId: '1' } });
  expect(telegram.faults).toEqual([]);
  const [call] = telegram.calls;
  expect(call).toMatchObject({
    api: 'sendMessage',
    fields: { chat_id: '-42', parse_mode: 'HTML', link_preview_options: { is_disabled: true } },
  });
  expect(shownOf(call)).toBe(
    [
      '🔴 Shop is down',
      'Shop answers HTTP 502.',
      'It has been down since 14:00 (Europe/Berlin).',
      '',
      'Monitor: Shop',
      'Regions: ',
      '• fra: HTTP 502',
      '• iad: HTTP 502',
      '',
      'Open: https://watch.example/incidents/1?a=1&b=2',
      '',
      'Sent by Farwatch for Acme',
    ].join('\n'),
  );
  expect(keyboardOf(call)).toEqual([
    [
      { text: 'Acknowledge', callback_data: `ack:${alert().id}` },
      { text: 'Open', url: 'https://watch.example/incidents/1?a=1&b=2' },
    ],
  ]);
});

test('later news answers the first message, whose buttons go when it is amended', async () => {
  await using telegram = await startTelegramStandIn();
  const up = alert({ previous, amendsFirst: true, mood: 'up', heading: 'Shop is up' });
  expect(await sender(telegram)(up, chat, patient())).toMatchObject({ receipt: { messageId: '2' } });
  const [amended, news] = telegram.calls;
  expect(telegram.faults).toEqual([]);
  expect(amended).toMatchObject({ api: 'editMessageText', fields: { message_id: 7 } });
  expect(JSON.stringify(keyboardOf(amended))).not.toContain('ack:');
  expect(news).toMatchObject({
    api: 'sendMessage',
    fields: { reply_parameters: { message_id: 7, allow_sending_without_reply: true } },
  });
});

test.each([
  'Bad Request: message is not modified: …',
  'Bad Request: message to edit not found',
  "Bad Request: message can't be edited",
])('%s does not keep the news back', async (description) => {
  await using telegram = await startTelegramStandIn((_, nth) => (nth === 0 ? failed(400, description) : undefined));
  const outcome = await sender(telegram)(alert({ previous, amendsFirst: true }), chat, patient());
  expect(outcome.kind).toBe('delivered');
  expect(telegram.calls.map(({ api }) => api)).toEqual(['editMessageText', 'sendMessage']);
});

test('a blocked bot is found out by the first call, and there is no second', async () => {
  await using telegram = await startTelegramStandIn(() => failed(403, 'Forbidden: bot was blocked by the user'));
  const outcome = await sender(telegram)(alert({ previous, amendsFirst: true }), chat, patient());
  expect(outcome).toEqual({
    kind: 'rejected',
    broken: true,
    reason: 'Telegram: Forbidden: bot was blocked by the user: unblock the bot in Telegram, then link the chat again',
  });
  expect(telegram.calls).toHaveLength(1);
});

test('a chat that moves on and on is followed once', async () => {
  await using telegram = await startTelegramStandIn((_, nth) =>
    failed(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1000 - nth }),
  );
  const outcome = await sender(telegram)(alert(), chat, patient());
  expect(outcome).toMatchObject({ kind: 'rejected', broken: false });
  expect(telegram.calls.map(({ fields }) => fields.chat_id)).toEqual(['-42', '-1000']);
});

test('where the chat has moved is told even when the new one asks to wait', async () => {
  await using telegram = await startTelegramStandIn((_, nth) =>
    nth === 0 ? failed(400, 'upgraded', { migrate_to_chat_id: -100 }) : failed(429, 'wait', { retry_after: 5 }),
  );
  const outcome = await sender(telegram)(alert(), chat, patient());
  expect(outcome).toMatchObject({ kind: 'retry', afterMs: 5_000, holds: 'channel', moved: { chatId: '-100' } });
});

test('the plain form says the same, and calls nobody either', async () => {
  await using telegram = await startTelegramStandIn((_, nth) =>
    nth === 0 ? failed(400, "Bad Request: can't parse entities: …") : undefined,
  );
  await sender(telegram)(alert({ heading: '<b>@everyone</b> & co' }), chat, patient());
  expect(telegram.faults).toEqual([]);
  expect(telegram.calls[1]?.fields).not.toHaveProperty('parse_mode');
  expect(telegram.calls[1]?.fields.text).toMatch(/^🔴 <b>@\u2060everyone<\/b> & co\n/u);
  expect(keyboardOf(telegram.calls[1])).toEqual(keyboardOf(telegram.calls[0]));
});

test('formatting refused twice is a refusal of this message: two calls', async () => {
  await using telegram = await startTelegramStandIn(() => failed(400, "Bad Request: can't parse entities: …"));
  expect(await sender(telegram)(alert(), chat, patient())).toMatchObject({ kind: 'rejected', broken: false });
  expect(telegram.calls).toHaveLength(2);
});

test('a link to this machine is text alone: a button for it would cost the whole message', async () => {
  await using telegram = await startTelegramStandIn();
  const local = alert({ link: { text: 'Open', url: 'http://localhost:8080/incidents/1' } });
  expect((await sender(telegram)(local, chat, patient())).kind).toBe('delivered');
  expect(telegram.faults).toEqual([]);
  expect(shownOf(telegram.calls[0])).toContain('Open: http://localhost:8080/incidents/1');
  expect(keyboardOf(telegram.calls[0])).toEqual([[{ text: 'Acknowledge', callback_data: `ack:${alert().id}` }]]);
});

test('a link that only Telegram dislikes goes, the message does not', async () => {
  await using telegram = await startTelegramStandIn((_, nth) =>
    nth === 0 ? failed(400, "Bad Request: inline keyboard button URL '…' is invalid: Wrong HTTP URL") : undefined,
  );
  expect((await sender(telegram)(alert(), chat, patient())).kind).toBe('delivered');
  expect(JSON.stringify(keyboardOf(telegram.calls[1]))).not.toContain('"url"');
});

test('an alert of any size fits, as HTML and as plain text, and keeps its link', async () => {
  await using telegram = await startTelegramStandIn((_, nth) =>
    nth === 0 ? failed(400, "Bad Request: can't parse entities: …") : undefined,
  );
  const names = { ...tooMuch, lines: tooMuch.lines.map((line) => `@a @b @c ${line}`) };
  expect((await sender(telegram)(names, chat, patient())).kind).toBe('delivered');
  expect(telegram.faults).toEqual([]);
  for (const call of telegram.calls) expect(call.fields.text).toContain(tooMuch.link?.url);
  expect(shownOf(telegram.calls[0]).length).toBeGreaterThan(3_000);
});

test('a wrong token is the operator’s to mend, and never told', async () => {
  await using telegram = await startTelegramStandIn(({ path }) => failed(404, `${'x'.repeat(460)} ${path} not found`));
  const { apiUrl, botToken } = telegram;
  const echoed = await sender(telegram)(alert(), chat, patient());
  const wrong = telegramNotifier({ apiUrl, botToken: botToken.replace('Qq', 'Xx'), rules });
  const refused = await wrong(alert(), chat, patient());
  const fault = { kind: 'retry', operator: true, holds: 'provider', afterMs: 300_000 };
  expect([echoed, refused]).toMatchObject([fault, fault]);
  expect(JSON.stringify([echoed, refused])).not.toMatch(/WwEe/u);
});

test('an address that may not be dialled is never reached', async () => {
  await using telegram = await startTelegramStandIn();
  const { apiUrl, botToken } = telegram;
  const guarded = telegramNotifier({ apiUrl, botToken, rules: { allowCidrs: [] } });
  expect(await guarded(alert(), chat, patient())).toMatchObject({ kind: 'retry', operator: true });
  expect(telegram.calls).toHaveLength(0);
});
