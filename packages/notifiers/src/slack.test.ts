import { type SlackCall, startSlackStandIn } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { alert, patient, rules, tooMuch } from './chat-message.fixture.ts';
import { slackNotifier } from './slack.ts';

type StandIn = Awaited<ReturnType<typeof startSlackStandIn>>;
const bot = ({ token }: StandIn) => ({ mode: 'bot', token, channel: 'C1' }) as const;
const sender = ({ apiUrl }: StandIn) => slackNotifier({ apiUrl, rules });
const refusal = (error: string, more: object = {}) => ({
  status: 200,
  body: JSON.stringify({ ok: false, error, ...more }),
});
const previous = { channel: 'C1', ts: '1700000000.000001' };
const actionsOf = (call: SlackCall | undefined): string => JSON.stringify(call?.fields.attachments ?? []);

test('the first message of a thread: heading, facts, both buttons, no link unfolded, the id for whoever repeats', async () => {
  await using slack = await startSlackStandIn();
  const outcome = await sender(slack)(alert(), bot(slack), patient());
  expect(outcome).toMatchObject({ kind: 'delivered', receipt: { channel: 'C1', ts: '1700000000.000001' } });
  const [call] = slack.calls;
  expect(slack.faults).toEqual([]);
  expect(call?.fields).toMatchObject({
    channel: 'C1',
    text: 'Down: Shop (HTTP 502)',
    blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Shop is down' } }],
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: 'farwatch_alert', event_payload: { id: alert().id } },
  });
  expect(call?.fields).not.toHaveProperty('thread_ts');
  expect(actionsOf(call)).toContain(`"action_id":"acknowledge","value":"ack:${alert().id}"`);
  expect(actionsOf(call)).toContain('"action_id":"open","url":"https://watch.example/incidents/1?a=1&b=2"');
  expect(actionsOf(call)).toContain('*Regions*\\nfra: HTTP 502\\niad: HTTP 502');
});

test('an incoming webhook gets links for buttons: nobody might hear a click', async () => {
  await using slack = await startSlackStandIn();
  const outcome = await sender(slack)(alert({ previous }), { mode: 'webhook', url: slack.webhookUrl }, patient());
  expect(outcome).toEqual({ kind: 'delivered', answer: 'HTTP 200: ok' });
  expect(slack.faults).toEqual([]);
  expect(actionsOf(slack.calls[0])).toContain('"url":"https://watch.example/acknowledge/1?key=k"');
  expect(actionsOf(slack.calls[0])).not.toContain('ack:');
});

test('later news answers the first message; a recovery is shown to the channel and in the first message', async () => {
  await using slack = await startSlackStandIn();
  await sender(slack)(alert({ previous, heading: 'Still down' }), bot(slack), patient());
  const up = alert({ previous, amendsFirst: true, mood: 'up', heading: 'Shop is up', acknowledge: null });
  expect((await sender(slack)(up, bot(slack), patient())).kind).toBe('delivered');
  const [reminder, amended, recovery] = slack.calls;
  expect(slack.faults).toEqual([]);
  expect(reminder?.fields).toMatchObject({ thread_ts: previous.ts });
  expect(reminder?.fields).not.toHaveProperty('reply_broadcast');
  expect(amended).toMatchObject({ api: 'chat.update', fields: { channel: 'C1', ts: previous.ts, parse: 'none' } });
  expect(amended?.fields.attachments).toMatchObject([{ color: '#067647' }]);
  expect(recovery).toMatchObject({
    api: 'chat.postMessage',
    fields: { thread_ts: previous.ts, reply_broadcast: true },
  });
});

test('the changed first message has no Acknowledge button, even where the news still has one', async () => {
  await using slack = await startSlackStandIn();
  await sender(slack)(alert({ previous, amendsFirst: true }), bot(slack), patient());
  expect(actionsOf(slack.calls[0])).not.toContain('ack:');
  expect(actionsOf(slack.calls[1])).toContain('ack:');
});

test.each(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive', 'invalid_blocks'])(
  '%s when the first message is changed does not keep the news back',
  async (error) => {
    await using slack = await startSlackStandIn((_, nth) => (nth === 0 ? refusal(error) : undefined));
    const outcome = await sender(slack)(alert({ previous, amendsFirst: true }), bot(slack), patient());
    expect(outcome.kind).toBe('delivered');
    expect(slack.calls.map(({ api }) => api)).toEqual(['chat.update', 'chat.postMessage']);
  },
);

test.each([
  ['token_revoked', { kind: 'rejected', broken: true }],
  ['ratelimited', { kind: 'retry', holds: 'channel', afterMs: 30_000 }],
  ['fatal_error', { kind: 'retry' }],
])('%s when the first message is changed ends the attempt: one call', async (error, expected) => {
  await using slack = await startSlackStandIn(() => refusal(error));
  const outcome = await sender(slack)(alert({ previous, amendsFirst: true }), bot(slack), patient());
  expect(outcome).toMatchObject(expected);
  expect(slack.calls).toHaveLength(1);
});

test('when the thread is gone the news is posted to the channel at once', async () => {
  await using slack = await startSlackStandIn((_, nth) => (nth === 0 ? refusal('thread_not_found') : undefined));
  expect((await sender(slack)(alert({ previous }), bot(slack), patient())).kind).toBe('delivered');
  expect(slack.calls[1]?.fields).not.toHaveProperty('thread_ts');
});

test('news goes to the channel that is set now, not into the thread of the one before', async () => {
  await using slack = await startSlackStandIn();
  await sender(slack)(alert({ previous }), { ...bot(slack), channel: 'C2' }, patient());
  expect(slack.calls[0]?.fields).toMatchObject({ channel: 'C2' });
  expect(slack.calls[0]?.fields).not.toHaveProperty('thread_ts');
  await sender(slack)(alert({ previous }), { ...bot(slack), channel: '#ops' }, patient());
  expect(slack.calls[1]?.fields).toMatchObject({ channel: 'C1', thread_ts: previous.ts });
});

test('too long for Slack a second time is a refusal of this message: two calls', async () => {
  await using slack = await startSlackStandIn(() => refusal('msg_too_long'));
  const outcome = await sender(slack)(tooMuch, bot(slack), patient());
  expect(outcome).toMatchObject({ kind: 'rejected', broken: false });
  expect(slack.calls).toHaveLength(2);
});

test.each([
  ['channel_not_found', {}, 'Slack: channel_not_found: invite the bot to the channel'],
  ['missing_scope', { needed: 'chat:write' }, expect.stringContaining('(needed: chat:write)')],
  ['brand_new_error', {}, 'Slack: brand_new_error'],
])('%s is told with the code and what to do', async (error, more, reason) => {
  await using slack = await startSlackStandIn(() => refusal(error, more));
  expect(await sender(slack)(alert(), bot(slack), patient())).toMatchObject({ reason });
});

test('an answer that is cut in two is not taken for a yes or a no', async () => {
  await using slack = await startSlackStandIn(() => ({ status: 200, body: '{"ok":true,"channel":"C1","ts":"1.' }));
  const outcome = await sender(slack)(alert(), bot(slack), patient());
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('HTTP 200') });
});

test('an alert of any size fits, and keeps its link', async () => {
  await using slack = await startSlackStandIn();
  expect((await sender(slack)(tooMuch, bot(slack), patient())).kind).toBe('delivered');
  expect((await sender(slack)(tooMuch, { mode: 'webhook', url: slack.webhookUrl }, patient())).kind).toBe('delivered');
  expect(slack.faults).toEqual([]);
  for (const call of slack.calls) expect(actionsOf(call)).toContain(tooMuch.link?.url);
  expect(actionsOf(slack.calls[0])).toMatch(/… and \d+ more/u);
});

test('no error page makes us tell the token or the webhook', async () => {
  await using slack = await startSlackStandIn(({ path, headers }) => ({
    status: 404,
    body: `${'x'.repeat(430)} The requested URL ${path} with ${headers.authorization} was not found`,
  }));
  const byHook = await sender(slack)(alert(), { mode: 'webhook', url: slack.webhookUrl }, patient());
  const byBot = await sender(slack)(alert(), bot(slack), patient());
  expect(byHook).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('HTTP 404') });
  expect(byBot).toMatchObject({ kind: 'retry', operator: true });
  expect(JSON.stringify([byHook, byBot])).not.toMatch(/QqWw|B0000|xoxb/u);
});

test('an address that may not be dialled is never reached: the API is its operator’s, a webhook its owner’s', async () => {
  await using slack = await startSlackStandIn();
  const guarded = slackNotifier({ apiUrl: slack.apiUrl, rules: { allowCidrs: [] } });
  expect(await guarded(alert(), bot(slack), patient())).toMatchObject({ kind: 'retry', operator: true });
  const byHook = await guarded(alert(), { mode: 'webhook', url: slack.webhookUrl }, patient());
  expect(byHook).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('ADDRESS_DENIED') });
  expect(slack.calls).toHaveLength(0);
});

test.each(['', 'xoxb-1\r\nx: y', 'ключ'])('%j is no token: no call', async (token) => {
  await using slack = await startSlackStandIn();
  const outcome = await sender(slack)(alert(), { mode: 'bot', token, channel: 'C1' }, patient());
  expect(outcome).toMatchObject({ kind: 'rejected', broken: true });
  expect(slack.calls).toHaveLength(0);
});
