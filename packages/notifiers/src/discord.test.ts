import { startDiscordStandIn } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { alert, patient, rules, tooMuch } from './chat-message.fixture.ts';
import { discordHolds, discordNotifier, isDiscordWebhookUrl } from './discord.ts';

const send = discordNotifier({ rules });
const refusal = (status: number, code: number, message: string, more: object = {}) => ({
  status,
  body: JSON.stringify({ message, code, ...more }),
});
const previous = { messageId: '42' };

test('an embed with the facts, both links, the colour, and nobody called', async () => {
  await using discord = await startDiscordStandIn();
  const outcome = await send(alert(), { url: discord.webhookUrl }, patient());
  expect(outcome).toMatchObject({ kind: 'delivered', receipt: { messageId: '1300000000000000000' } });
  expect(discord.faults).toEqual([]);
  const [call] = discord.calls;
  expect(call?.path).toMatch(/\?wait=true$/u);
  expect(call?.payload).toMatchObject({
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: 'Shop is down',
        color: 0xd92d20,
        url: 'https://watch.example/incidents/1?a=1&b=2',
        fields: [
          { name: 'Monitor', value: 'Shop' },
          { name: 'Regions', value: 'fra: HTTP 502\niad: HTTP 502' },
        ],
      },
    ],
  });
  const description = call?.payload.embeds?.[0]?.description;
  expect(description).toContain('Open: https://watch.example/incidents/1?a=1&b=2');
  expect(description).toContain('Acknowledge: https://watch.example/acknowledge/1?key=k');
});

test('the thread that the URL names is kept, for new messages and for changed ones', async () => {
  await using discord = await startDiscordStandIn();
  const url = `${discord.webhookUrl}?thread_id=77&wait=false`;
  await send(alert({ previous, amendsFirst: true }), { url }, patient());
  expect(discord.faults).toEqual([]);
  expect(discord.calls.map(({ method, path }) => `${method} ${path.replace(/^.*Kk/u, '')}`)).toEqual([
    'PATCH Ll_-/messages/42?thread_id=77',
    'POST Ll_-?wait=true&thread_id=77',
  ]);
});

test('a recovery shows in the first message, without "Acknowledge", and is a new one, which people hear', async () => {
  await using discord = await startDiscordStandIn();
  const up = alert({ previous, amendsFirst: true, mood: 'up', heading: 'Shop is up' });
  const outcome = await send(up, { url: discord.webhookUrl }, patient());
  expect(outcome).toMatchObject({ kind: 'delivered', receipt: { messageId: '1300000000000000001' } });
  const [amended, news] = discord.calls;
  expect(amended).toMatchObject({ api: 'edit', messageId: '42', payload: { embeds: [{ color: 0x067647 }] } });
  expect(amended?.body).not.toContain('acknowledge/1');
  expect(news).toMatchObject({ api: 'execute', payload: { embeds: [{ title: 'Shop is up' }] } });
});

test.each([
  [404, 10008],
  [400, 30046],
  [403, 50005],
  [400, 50035],
])('HTTP %i with %i when the first message is changed does not keep the news back', async (status, code) => {
  await using discord = await startDiscordStandIn((_, nth) => (nth === 0 ? refusal(status, code, 'no') : undefined));
  const outcome = await send(alert({ previous, amendsFirst: true }), { url: discord.webhookUrl }, patient());
  expect(outcome.kind).toBe('delivered');
  expect(discord.calls).toHaveLength(2);
});

test('a webhook that is gone ends the attempt at its first call', async () => {
  await using discord = await startDiscordStandIn(() => refusal(404, 10015, 'Unknown Webhook'));
  const outcome = await send(alert({ previous, amendsFirst: true }), { url: discord.webhookUrl }, patient());
  expect(outcome).toEqual({
    kind: 'rejected',
    broken: true,
    reason:
      'Discord: 10015: Unknown Webhook: the webhook was deleted; make a new webhook in the settings of the channel',
  });
  expect(discord.calls).toHaveLength(1);
});

test.each([
  ['seconds in the body alone', {}, 1.5, 1_500],
  ['the longer of both', { 'retry-after': '1' }, 1.2, 1_200],
  ['milliseconds in the body', { 'retry-after': '3' }, 2_431, 3_000],
  ['no number at all', {}, 'soon', 30_000],
  ['a wait beyond reason', {}, 1e9, 6 * 3_600_000],
])('a rate limit waits as asked: %s', async (_, headers, after, afterMs) => {
  const answer = refusal(429, 0, 'You are being rate limited.', { retry_after: after, global: false });
  await using discord = await startDiscordStandIn(() => ({ ...answer, headers }));
  const outcome = await send(alert(), { url: discord.webhookUrl }, patient());
  expect(outcome).toEqual({
    kind: 'retry',
    holds: 'channel',
    afterMs,
    reason: 'Discord: HTTP 429: You are being rate limited.',
  });
});

const hook = 'https://discord.com/api/webhooks/1/k';
const proxy = 'http://127.0.0.1:1';
const limits = {
  'of one webhook': { status: 429, headers: {}, text: '{"global":false}' },
  'in the body, of all': { status: 429, headers: {}, text: '{"global":true}' },
  'in the header, of all': { status: 429, headers: { 'x-ratelimit-global': 'true' }, text: '{}' },
  'of Cloudflare': { status: 429, headers: {}, text: '<html>error 1015</html>' },
} as const;

test.each([
  ['of one webhook', hook, undefined, 'channel'],
  ['in the body, of all', hook, undefined, 'provider'],
  ['in the header, of all', hook, undefined, 'provider'],
  ['of Cloudflare', hook, undefined, 'provider'],
  ['in the body, of all', `${proxy}/api/webhooks/1/k`, undefined, 'channel'],
  ['in the header, of all', `${proxy}/api/webhooks/1/k`, undefined, 'channel'],
  ['of Cloudflare', `${proxy}/api/webhooks/1/k`, undefined, 'channel'],
  ['of Cloudflare', 'https://discord.com.evil.example/api/webhooks/1/k', undefined, 'channel'],
  ['in the body, of all', `${proxy}/api/webhooks/1/k`, [proxy], 'provider'],
  ['in the body, of all', hook, [proxy], 'channel'],
] as const)('a rate limit %s from %s (Discord is at %s) holds: %s', (limit, url, origins, holds) => {
  expect(discordHolds(limits[limit], url, origins)).toBe(holds);
});

test('a stranger who says that all of Discord must wait holds up one channel', async () => {
  const answer = { ...refusal(429, 0, 'slow', { retry_after: 4, global: true }), headers: { 'retry-after': '4' } };
  await using stranger = await startDiscordStandIn(() => answer);
  const outcome = await send(alert(), { url: stranger.webhookUrl }, patient());
  expect(outcome).toMatchObject({ kind: 'retry', holds: 'channel', afterMs: 4_000 });
});

test('a link that Discord takes for none (localhost) is text alone', async () => {
  await using discord = await startDiscordStandIn();
  const local = alert({ link: { text: 'Open', url: 'http://localhost:8080/incidents/1' } });
  expect((await send(local, { url: discord.webhookUrl }, patient())).kind).toBe('delivered');
  expect(discord.faults).toEqual([]);
  expect(discord.calls).toHaveLength(1);
  expect(discord.calls[0]?.payload.embeds?.[0]).not.toHaveProperty('url');
  expect(discord.calls[0]?.body).toContain('Open: http://localhost:8080/incidents/1');
});

test('an embed refused for its link is sent again at once without it', async () => {
  const errors = { embeds: { 0: { url: { _errors: [{ code: 'URL_TYPE_INVALID_URL' }] } } } };
  await using discord = await startDiscordStandIn((_, nth) =>
    nth === 0 ? refusal(400, 50035, 'Invalid Form Body', { errors }) : undefined,
  );
  expect((await send(alert(), { url: discord.webhookUrl }, patient())).kind).toBe('delivered');
  expect(discord.calls[1]?.payload.embeds?.[0]).not.toHaveProperty('url');
});

test('an alert of any size fits, and keeps its link', async () => {
  await using discord = await startDiscordStandIn();
  expect((await send(tooMuch, { url: discord.webhookUrl }, patient())).kind).toBe('delivered');
  expect(discord.faults).toEqual([]);
  expect(discord.calls[0]?.body).toContain(tooMuch.link?.url);
  expect(discord.calls[0]?.body).toMatch(/… and \d+ more/u);
});

test('no error page makes us tell the webhook', async () => {
  await using discord = await startDiscordStandIn(({ path }) => ({ status: 404, body: `${'x'.repeat(455)} ${path}` }));
  const outcome = await send(alert(), { url: discord.webhookUrl }, patient());
  expect(outcome).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('HTTP 404') });
  expect(JSON.stringify(outcome)).not.toMatch(/QqWw|12345678/u);
});

test('an address that may not be dialled is never reached', async () => {
  await using discord = await startDiscordStandIn();
  const guarded = discordNotifier({ rules: { allowCidrs: [] } });
  const outcome = await guarded(alert(), { url: discord.webhookUrl }, patient());
  expect(outcome).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('ADDRESS_DENIED') });
  expect(discord.calls).toHaveLength(0);
});

test.each([
  ['https://discord.com/api/webhooks/123/abc_-D', true],
  ['https://discordapp.com/api/webhooks/123/abc', true],
  ['https://ptb.discord.com/api/v10/webhooks/123/abc?thread_id=5', true],
  ['https://canary.discord.com/api/webhooks/123/abc/', true],
  ['http://discord.com/api/webhooks/123/abc', false],
  ['https://discord.com:444/api/webhooks/123/abc', false],
  ['https://discord.com.evil.example/api/webhooks/123/abc', false],
  ['https://discord.com@evil.example/api/webhooks/123/abc', false],
  ['https://discord.com/api/webhooks/123/abc/slack', false],
  ['https://discord.com/channels/1/2', false],
  ['discord', false],
])('%s is a webhook of Discord: %s', (url, is) => expect(isDiscordWebhookUrl(url)).toBe(is));
