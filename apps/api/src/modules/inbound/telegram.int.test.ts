import { startTelegramStandIn, type TelegramCall, type TelegramStandIn, waitUntil } from '@farwatch/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChannelApi, openIncidentOf, startChannelApi, storedIn, tell } from '../channels/channels.fixture.ts';
import { acknowledgeIncident } from '../incidents/act.ts';
import { startTelegramPoller } from './telegram-poller.ts';

type Update = Readonly<Record<string, unknown>>;
/** What people did in Telegram and no poller has confirmed yet. */
let updates: Update[] = [];
let nextId = 1;
/** What Telegram says instead, while it is not well. */
let trouble: (() => ReturnType<Parameters<typeof startTelegramStandIn>[0] & object>) | null = null;

/** Whether a line on which there is nothing to say is held, as Telegram does. */
let holding = false;

const heard = ({ fields }: TelegramCall) => {
  if (trouble !== null) return trouble();
  const offset = Number(fields.offset);
  updates = updates.filter((update) => Number(update.update_id) >= offset);
  if (updates.length === 0 && holding) return 'silence';
  const result = updates.slice(0, Number(fields.limit));
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: true, result }) };
};

let api: ChannelApi;
let telegram: TelegramStandIn;
beforeAll(async () => {
  telegram = await startTelegramStandIn((call) => (call.api === 'getUpdates' ? heard(call) : undefined));
  const { apiUrl, botToken } = telegram;
  api = await startChannelApi({
    deps: {
      config: {
        publicUrl: 'https://watch.test',
        secret: 'x'.repeat(32),
        twilio: undefined,
        telegram: { apiUrl, botToken },
      },
    },
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'monitor']) await api.sql.query(`DELETE FROM ${table}`);
  updates = [];
  trouble = null;
  holding = false;
  api.plans.length = 0;
});

const startPoller = (over: object = {}) => {
  const { deps, database } = api;
  const warnings: unknown[] = [];
  const poller = startTelegramPoller(
    {
      ...deps,
      config: { ...deps.config, databaseUrl: database.url },
      acknowledge: (deed) => acknowledgeIncident(deps, deed),
      log: { warn: (...said: unknown[]) => void warnings.push(said) },
    },
    { turnMs: 50, longPollS: 1, idleMs: 10, firstWaitMs: 20, longestWaitMs: 100, ...over },
  );
  return { ...poller, warnings, [Symbol.asyncDispose]: poller.stop };
};

const happens = (update: object, id = nextId++) => void updates.push({ update_id: id, ...update });
const chat = { id: -100_123, type: 'supergroup', title: 'Night shift' };
const ann = { id: 5, is_bot: false, first_name: 'Ann', last_name: 'Lee' };
const says = (text: string, where = chat) => ({ message: { message_id: 1, date: 1, chat: where, from: ann, text } });
const clicks = (deliveryId: string, where = chat) => ({
  callback_query: { id: 'cb1', from: ann, data: `ack:${deliveryId}`, message: { message_id: 2, date: 1, chat: where } },
});
const callsOf = (name: string, since: number) =>
  telegram.calls.slice(since).filter(({ api: method }) => method === name);
const said = (since: number) => callsOf('sendMessage', since).map(({ fields }) => String(fields.text));
const add = async () =>
  (await api.call(api.mine.writer, 'POST', '/v1/channels', { body: { name: 'Team', target: { kind: 'telegram' } } }))
    .body;
const read = async (id: string) => (await api.call(api.mine.reader, 'GET', `/v1/channels/${id}`)).body;
const codeOf = ({ linkUrl }: { linkUrl: string }) =>
  /^https:\/\/t\.me\/farwatch_bot\?start=([\w-]{22})$/u.exec(linkUrl)?.[1] ?? '';
const link = async (id: string, code: string, where = chat) => {
  happens(says(`/start ${code}`, where));
  await waitUntil(async () => (await read(id)).status === 'active');
};

test('a start code links the chat it is sent from, and then it is used up', async () => {
  await using poller = startPoller();
  const since = telegram.calls.length;
  const made = await add();
  expect(made).toMatchObject({ status: 'unconfirmed', target: 'not linked yet', name: 'Team' });
  expect((await api.call(api.mine.writer, 'GET', `/v1/channels/${made.id}`)).body.linkUrl).toBe(made.linkUrl);
  expect(await read(made.id)).toMatchObject({ linkUrl: null });
  const { items } = (await api.call(api.mine.reader, 'GET', '/v1/channels')).body;
  expect(items).toMatchObject([{ linkUrl: null }]);
  await link(made.id, codeOf(made));
  expect(await read(made.id)).toMatchObject({ target: 'Night shift', linkUrl: null, statusReason: null });
  expect(await storedIn(api, made.id)).toEqual({ kind: 'telegram', chatId: '-100123' });
  expect(api.plans).toEqual([['channelUsable', made.id]]);
  await waitUntil(() => said(since).length === 1);
  expect(said(since)[0]).toContain('alerts for “Team” come here');
  happens({
    ...says(`/start ${codeOf(made)}`),
    message: { ...says(`/start ${codeOf(made)}`).message, chat: { ...chat, id: 7 } },
  });
  await waitUntil(() => said(since).length === 2);
  expect(said(since)[1]).toContain('not known, or too old');
  expect(poller.warnings).toEqual([]);
  const { rows } = await api.sql.query('SELECT * FROM channel');
  expect(JSON.stringify(rows)).not.toContain('100123');
});

test('the same Start heard twice says that the chat is linked', async () => {
  await using _ = startPoller();
  const since = telegram.calls.length;
  const made = await add();
  await link(made.id, codeOf(made));
  happens(says(`/start ${codeOf(made)}`));
  await waitUntil(() => said(since).includes('This chat is linked.'));
  expect((await read(made.id)).status).toBe('active');
});

test('a code that is too old links nothing; a new one does, and the old one never again', async () => {
  await using _ = startPoller();
  const since = telegram.calls.length;
  const made = await add();
  await api.sql.query(`UPDATE channel SET link_expires_at = now() - interval '1 second'`);
  expect((await api.call(api.mine.writer, 'GET', `/v1/channels/${made.id}`)).body.linkUrl).toBeNull();
  happens(says(`/start ${codeOf(made)}`));
  await waitUntil(() => said(since).length === 1);
  expect((await read(made.id)).status).toBe('unconfirmed');
  const again = (await api.call(api.mine.writer, 'POST', `/v1/channels/${made.id}/confirm`)).body;
  expect(codeOf(again)).not.toBe(codeOf(made));
  await link(made.id, codeOf(again));
});

test('a click acknowledges in the chat that the message went to, and says who has it', async () => {
  await using _ = startPoller();
  const made = await add();
  await link(made.id, codeOf(made));
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId: made.id, incidentId });
  const since = telegram.calls.length;
  const answers = () => callsOf('answerCallbackQuery', since).map(({ fields }) => fields.text);
  happens(clicks(deliveryId, { ...chat, id: 99 }));
  happens(clicks('nonsense'));
  await waitUntil(() => answers().length === 2);
  const refused = 'This message is too old, or it is not this chat’s.';
  expect(answers()).toEqual([refused, refused]);
  expect((await api.sql.query('SELECT acknowledged_by AS by FROM incident')).rows).toEqual([{ by: null }]);
  happens(clicks(deliveryId));
  happens(clicks(deliveryId));
  await waitUntil(() => answers().length === 4);
  expect(answers().slice(2)).toEqual(['You have it.', 'Ann Lee has it already.']);
  expect((await api.sql.query('SELECT acknowledged_by AS by FROM incident')).rows).toEqual([
    { by: { accountId: null, name: 'Ann Lee', via: 'telegram' } },
  ]);
});

test.each([
  ['/stop', says('/stop')],
  ['throwing the bot out', { my_chat_member: { chat, from: ann, date: 1, new_chat_member: { status: 'kicked' } } }],
])('%s ends the channel, and only a new code brings it back', async (_, update) => {
  await using _poller = startPoller();
  const made = await add();
  await link(made.id, codeOf(made));
  happens(update);
  await waitUntil(async () => (await read(made.id)).status === 'stopped');
  const path = `/v1/channels/${made.id}`;
  expect((await api.call(api.mine.writer, 'POST', `${path}/enable`)).body.code).toBe('channel-stopped');
  const again = (await api.call(api.mine.writer, 'POST', `${path}/confirm`)).body;
  expect(again).toMatchObject({ status: 'unconfirmed', target: 'not linked yet' });
  await link(made.id, codeOf(again));
});

test('only one worker hears at a time, and when its line to the database breaks another takes over', async () => {
  await using first = startPoller();
  await waitUntil(() => callsOf('getUpdates', 0).length > 0);
  await using _second = startPoller();
  const turns = `SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.granted`;
  const [before] = (await api.sql.query<{ pid: number }>(turns)).rows;
  await api.sql.query('SELECT pg_terminate_backend($1)', [before?.pid]);
  const stopped = first.stop();
  const made = await add();
  await link(made.id, codeOf(made));
  await stopped;
  const { rows } = await api.sql.query<{ pid: number }>(turns);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.pid).not.toBe(before?.pid);
});

test('while Telegram is away it is asked less and less, and then heard again', async () => {
  trouble = () => ({ status: 502, headers: {}, body: 'bad gateway' });
  await using poller = startPoller();
  await waitUntil(() => poller.warnings.length >= 3);
  trouble = () => 'cut';
  const sofar = poller.warnings.length;
  await waitUntil(() => poller.warnings.length > sofar);
  const { botToken } = telegram;
  expect(JSON.stringify(poller.warnings)).not.toContain(botToken.split(':')[1]);
  trouble = null;
  const made = await add();
  await link(made.id, codeOf(made));
});

test('a click is carried out before the codes it came behind, and once', async () => {
  const made = await add();
  await using _first = startPoller();
  await link(made.id, codeOf(made));
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId: made.id, incidentId });
  const since = telegram.calls.length;
  const strange = (id: number) => ({ message: { ...says(`/start ${'z'.repeat(22)}`).message, chat: { ...chat, id } } });
  const batch = [500, 501, 502].map(strange);
  updates.push(...[...batch, clicks(deliveryId)].map((update) => ({ update_id: nextId++, ...update })));
  await waitUntil(() => said(since).length === 3);
  const order = telegram.calls.slice(since).map(({ api: method }) => method);
  expect(order.filter((method) => method === 'answerCallbackQuery')).toHaveLength(1);
  expect(order.indexOf('answerCallbackQuery')).toBeLessThan(order.indexOf('sendMessage'));
});

test('a chat that sends codes nobody knows is answered three times; another chat is', async () => {
  await using poller = startPoller();
  const since = telegram.calls.length;
  const from = (id: number, code: string) => ({
    message: { ...says(`/start ${code}`).message, chat: { ...chat, id } },
  });
  for (let i = 0; i < 6; i++) happens(from(600, `${'y'.repeat(21)}${i}`));
  happens(from(601, 'y'.repeat(22)));
  await waitUntil(() => callsOf('sendMessage', since).some(({ fields }) => String(fields.chat_id) === '601'));
  const answered = callsOf('sendMessage', since).map(({ fields }) => String(fields.chat_id));
  expect(answered).toEqual(['600', '600', '600', '601']);
  expect(poller.warnings).toEqual([]);
});

test('updates that are too long to be read at once are heard one by one', async () => {
  await using poller = startPoller();
  const made = await add();
  for (let i = 0; i < 30; i++) happens(says('x'.repeat(20_000)));
  await link(made.id, codeOf(made));
  expect(poller.warnings).toHaveLength(1);
});

test('an update that can’t be carried out is left behind after three tries, and those after it are heard', async () => {
  const { transaction } = api.deps.db;
  const made = await add();
  const failing = { ...api.deps.db, transaction: () => Promise.reject(new Error('no database')) };
  const poisoned = says(`/start ${'x'.repeat(22)}`);
  happens(poisoned);
  const { deps, database } = api;
  let broken = true;
  const warnings: unknown[] = [];
  const poller = startTelegramPoller(
    {
      ...deps,
      db: { ...deps.db, transaction: (work) => (broken ? failing.transaction() : transaction(work)) },
      config: { ...deps.config, databaseUrl: database.url },
      acknowledge: (deed) => acknowledgeIncident(deps, deed),
      log: { warn: (...text: unknown[]) => void warnings.push(text) },
    },
    { turnMs: 50, longPollS: 1, idleMs: 10, firstWaitMs: 5, longestWaitMs: 10 },
  );
  try {
    await waitUntil(() => warnings.length === 3);
    broken = false;
    await link(made.id, codeOf(made));
    expect(warnings).toHaveLength(3);
  } finally {
    await poller.stop();
  }
});

test('it ends within a second, whatever it waits for', async () => {
  holding = true;
  const before = callsOf('getUpdates', 0).length;
  const poller = startPoller({ longPollS: 25 });
  await waitUntil(() => callsOf('getUpdates', 0).length > before);
  const start = performance.now();
  await poller.stop();
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('nothing that an update can hold stops the hearing', async () => {
  await using poller = startPoller();
  const parts = fc.constantFrom('message', 'callback_query', 'my_chat_member', 'edited_message');
  const any = fc.dictionary(parts, fc.oneof(fc.jsonValue(), fc.constant(says('/start x\u0000y').message)));
  const texts = fc.string({ unit: 'binary' }).map((text) => says(`/start ${text}`));
  for (const update of fc.sample(fc.oneof(any, texts), 100)) happens(update);
  await waitUntil(() => updates.length === 0, 20_000);
  const made = await add();
  await link(made.id, codeOf(made), { ...chat, id: -100_777 }); // the first has sent more unknown codes than are answered
  expect(poller.warnings).toEqual([]);
});
