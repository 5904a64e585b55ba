import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { addMember, type ChannelApi, forgetMembers, startChannelApi, storedIn } from './channels.fixture.ts';
import { lookupOf } from './lookup.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'opt_out', 'confirmation_mail'])
    await api.sql.query(`DELETE FROM ${table}`);
  await forgetMembers(api.sql);
  api.sent.length = 0;
  api.mails.length = 0;
  api.plans.length = 0;
});

const call = (path: string, body?: object, key = api.mine.writer) =>
  api.call(key, 'POST', path, body === undefined ? {} : { body });
const create = (target: object, key = api.mine.writer) => call('/v1/channels', { target }, key);
const email = (address: string) => create({ kind: 'email', address });
const statusIs = (id: string, status: string, reason: string | null = null) =>
  api.sql.query('UPDATE channel SET status = $2, status_reason = $3, failures = 4 WHERE id = $1', [id, status, reason]);
const mailsOf = async (count: number) => {
  await vi.waitFor(() => expect(api.mails.length).toBe(count));
  return api.mails;
};
const linkIn = (text: string | undefined): string => /https:\/\/watch\.test\/l\/(\S+)/u.exec(text ?? '')?.[1] ?? '';
const read = async (id: string) => (await api.call(api.mine.reader, 'GET', `/v1/channels/${id}`)).body;

test('a strange address is asked first, and nothing is sent to it before it agrees', async () => {
  const { id, status, statusReason } = (await email('ops@example.com')).body;
  expect([status, statusReason]).toEqual(['unconfirmed', 'nobody at this address has agreed yet']);
  const [mail] = await mailsOf(1);
  expect(mail).toMatchObject({ to: 'ops@example.com', organisationId: api.mine.id });
  const refused = await call(`/v1/channels/${id}/test`);
  expect([refused.status, refused.body.code]).toEqual([409, 'channel-unconfirmed']);
  const agreed = await call('/v1/links', { token: linkIn(mail?.text) }, '');
  expect(agreed.body).toMatchObject({ purpose: 'confirm', used: true, channelName: 'ops@example.com' });
  expect((await read(id)).status).toBe('active');
  expect(api.plans).toEqual([['channelUsable', id]]);
  expect((await call(`/v1/channels/${id}/test`)).status).toBe(202);
});

test('the caller’s own address needs no asking, nor does one that a member has shown to be theirs', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com', verified: false });
  await addMember(api, api.mine, { name: 'Bob', email: 'bob@example.com' });
  await addMember(api, api.other, { name: 'Eve', email: 'eve@example.com' });
  const asAnn = async (address: string) => {
    const body = { target: { kind: 'email', address } };
    const made = await api.call(ann.authorization, 'POST', '/v1/channels', { body, headers: ann.headers });
    return made.body.status;
  };
  expect(await asAnn('Ann@Example.com')).toBe('active');
  expect(await asAnn('bob@example.com')).toBe('active');
  expect(await asAnn('eve@example.com')).toBe('unconfirmed');
  expect((await email('ann@example.com')).body.status).toBe('unconfirmed');
  expect((await mailsOf(2)).map(({ to }) => to).sort()).toEqual(['ann@example.com', 'eve@example.com']);
});

test('another address has to agree anew, and the old one’s links no longer work; a new name asks nobody', async () => {
  const { id } = (await email('first@example.com')).body;
  const token = linkIn((await mailsOf(1))[0]?.text);
  await call('/v1/links', { token }, '');
  const patch = (body: object) => api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body });
  expect((await patch({ name: 'Ops', target: { kind: 'email', address: 'first@example.com' } })).body.status).toBe(
    'active',
  );
  expect((await patch({ target: { kind: 'email', address: 'second@example.com' } })).body).toMatchObject({
    status: 'unconfirmed',
    target: 'second@example.com',
    name: 'Ops',
  });
  expect((await mailsOf(2))[1]?.to).toBe('second@example.com');
  for (const answer of [await call('/v1/links', { token }, ''), await api.call('', 'GET', `/v1/links/${token}`)])
    expect(answer.status).toBe(404);
  expect((await read(id)).status).toBe('unconfirmed');
});

test('an address is asked three times a day, whoever asks and whatever process', async () => {
  const { id } = (await email('asked@example.com')).body;
  for (let i = 0; i < 2; i++) expect((await call(`/v1/channels/${id}/confirm`)).status).toBe(200);
  for (const refused of [
    await call(`/v1/channels/${id}/confirm`),
    await create({ kind: 'email', address: 'Asked@example.com' }, api.other.writer),
  ]) {
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many-confirmations']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(86_000);
  }
  await mailsOf(3);
  const { rows } = await api.sql.query('SELECT 1 FROM channel');
  expect(rows).toHaveLength(1);
  await api.sql.query(`UPDATE confirmation_mail SET since = since - interval '1 day'`);
  expect((await call(`/v1/channels/${id}/confirm`)).status).toBe(200);
  const counted = await api.sql.query('SELECT lookup::text, count FROM confirmation_mail');
  expect(counted.rows).toEqual([{ lookup: expect.not.stringContaining('asked'), count: 1 }]);
  await mailsOf(4);
});

test('who doesn’t want to be asked is not asked again by this organisation', async () => {
  const { id } = (await email('left@example.com')).body;
  const [, never] = [...((await mailsOf(1))[0]?.text.matchAll(/https:\/\/watch\.test\/l\/(\S+)/gu) ?? [])];
  const left = await call('/v1/links', { token: never?.[1] ?? '' }, '');
  expect(left.body).toMatchObject({ purpose: 'unsubscribe', used: true });
  expect((await read(id)).status).toBe('stopped');
  expect((await call(`/v1/channels/${id}/confirm`)).body.code).toBe('channel-stopped');
  await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`);
  expect((await email('Left@example.com')).body.status).toBe('stopped');
  expect(await mailsOf(1)).toHaveLength(1);
});

test('who said STOP is not written to by whoever adds the phone', async () => {
  const lookup = lookupOf(api.deps.config.secret, 'sms', '+4915112345678');
  await api.sql.query('INSERT INTO opt_out (lookup) VALUES ($1)', [lookup]);
  for (const kind of ['sms', 'voice']) {
    const made = (await create({ kind, phone: '+49 151 12345678' })).body;
    expect(made).toMatchObject({ status: 'stopped', statusReason: 'its owner answered STOP' });
    for (const action of ['test', 'enable'])
      expect((await call(`/v1/channels/${made.id}/${action}`)).body.code).toBe('channel-stopped');
    expect((await call('/v1/channel-tests', { target: { kind, phone: '+4915112345678' } })).body.code).toBe(
      'consent-needed',
    );
  }
  expect((await create({ kind: 'sms', phone: '+442071838750' })).body.status).toBe('active');
});

test('a broken channel can be used again; what was stopped or never agreed to can’t', async () => {
  const { id } = (await create({ kind: 'webhook', url: 'https://hooks.example.com/x' })).body;
  await statusIs(id, 'broken', 'HTTP 410');
  const enabled = await call(`/v1/channels/${id}/enable`);
  expect(enabled.body).toMatchObject({ status: 'active', statusReason: null });
  expect(api.plans).toEqual([['channelUsable', id]]);
  expect((await api.sql.query('SELECT failures FROM channel')).rows).toEqual([{ failures: 0 }]);
  expect((await call(`/v1/channels/${id}/enable`)).status).toBe(200);
  expect(api.plans).toHaveLength(1);
  for (const [status, code] of [
    ['stopped', 'channel-stopped'],
    ['unconfirmed', 'channel-unconfirmed'],
  ] as const) {
    await statusIs(id, status);
    const refused = await call(`/v1/channels/${id}/enable`);
    expect([refused.status, refused.body.code]).toEqual([409, code]);
  }
});

test('a phone that said STOP while its channel was broken can not be enabled', async () => {
  const { id } = (await create({ kind: 'sms', phone: '+442071838750' })).body;
  await statusIs(id, 'broken');
  const lookup = lookupOf(api.deps.config.secret, 'sms', '+442071838750');
  await api.sql.query('INSERT INTO opt_out (lookup) VALUES ($1)', [lookup]);
  expect((await call(`/v1/channels/${id}/enable`)).body.code).toBe('channel-stopped');
});

test('a new signing secret is shown once, and the old one signs along for a day', async () => {
  const made = (await create({ kind: 'webhook', url: 'https://hooks.example.com/x' })).body;
  const turned = await call(`/v1/channels/${made.id}/rotate-secret`);
  expect(turned.status).toBe(200);
  expect(turned.body.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/u);
  const until = Date.parse(turned.body.oldSecretValidUntil);
  expect(until - Date.now()).toBeGreaterThan(23 * 3_600_000);
  expect(await storedIn(api, made.id)).toMatchObject({
    secrets: [
      { secret: turned.body.signingSecret, until: null },
      { secret: made.signingSecret, until },
    ],
  });
  expect((await api.call(api.mine.reader, 'GET', `/v1/channels/${made.id}`)).text).not.toContain('whsec_');
  const slack = (await create({ kind: 'slack', token: 'xoxb-1-2', channel: '#ops' })).body;
  expect((await call(`/v1/channels/${slack.id}/rotate-secret`)).body.code).toBe('no-signing-secret');
});

test('what isn’t saved yet is tested under the same limit, sealed for its delivery', async () => {
  const answer = await call('/v1/channel-tests', {
    target: { kind: 'webhook', url: 'https://hooks.example.com/very-secret' },
  });
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ event: 'channel.test', channelId: null, kind: 'webhook', status: 'pending' });
  expect(api.sent).toEqual([{ deliveryId: answer.body.id, attempt: 1 }]);
  const [[, planned] = []] = api.plans;
  expect(planned).toMatchObject({ channel: { id: null, name: 'hooks.example.com', kind: 'webhook' } });
  const { sealedTarget = '' } = planned as { sealedTarget: string };
  const place = { table: 'delivery', organisationId: api.mine.id, rowId: answer.body.id };
  expect(api.deps.keyring.open(sealedTarget, place)).toContain('very-secret');
  await api.sql.query(
    `INSERT INTO delivery (id, organisation_id, channel_name, kind, event, key)
     SELECT gen_random_uuid(), $1, 'x', 'webhook', 'channel.test', 'k' || n FROM generate_series(1, 29) n`,
    [api.mine.id],
  );
  const refused = await call('/v1/channel-tests', { target: { kind: 'slack', token: 'xoxb-1-2', channel: '#ops' } });
  expect([refused.status, refused.body.code]).toEqual([429, 'too-many-tests']);
});

test('nobody’s inbox is tested but the caller’s own', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com' });
  const test = (address: string, authorization: string, headers = {}) =>
    api.call(authorization, 'POST', '/v1/channel-tests', { body: { target: { kind: 'email', address } }, headers });
  expect((await test('ann@example.com', ann.authorization, ann.headers)).status).toBe(202);
  expect((await test('bob@example.com', ann.authorization, ann.headers)).body.code).toBe('consent-needed');
  expect((await test('ann@example.com', api.mine.writer)).body.code).toBe('consent-needed');
});

test('what the operator hasn’t set up is said to be missing', async () => {
  await using bare = await startChannelApi({
    deps: {
      config: { publicUrl: 'https://watch.test', secret: 'x'.repeat(32), twilio: undefined, telegram: undefined },
    },
  });
  const { items } = (await bare.call(bare.mine.reader, 'GET', '/v1/channel-kinds')).body;
  const lacking = items.filter(({ available }: { available: boolean }) => !available);
  expect(lacking.map(({ kind }: { kind: string }) => kind)).toEqual(['sms', 'voice', 'telegram']);
  for (const [target, name] of [
    [{ kind: 'sms', phone: '+442071838750' }, 'TWILIO_ACCOUNT_SID'],
    [{ kind: 'telegram' }, 'TELEGRAM_BOT_TOKEN'],
  ] as const)
    for (const path of ['/v1/channels', '/v1/channel-tests']) {
      const refused = await bare.call(bare.mine.writer, 'POST', path, { body: { target } });
      expect([refused.status, refused.body.code]).toEqual([409, 'channel-kind-unavailable']);
      expect(refused.body.detail).toContain(name);
    }
  const here = (await api.call(api.mine.reader, 'GET', '/v1/channel-kinds')).body.items;
  expect(here.find(({ kind }: { kind: string }) => kind === 'voice')).toEqual({
    kind: 'voice',
    available: true,
    reason: null,
  });
});
