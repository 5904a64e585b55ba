import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChannelApi, startChannelApi, storedIn } from './channels.fixture.ts';
import { mailLookup } from './lookup.ts';
import { leaveMail, leaveReason, stopPhone, stopReason } from './opt-out.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi({ limits: { channelsPerOrganisation: 2 } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'opt_out', 'deleted_row']) await api.sql.query(`DELETE FROM ${table}`);
});

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, key = api.mine.writer) =>
  api.call(key, method, url, body === undefined ? {} : { body });
const make = async (target: object): Promise<string> => (await call('POST', '/v1/channels', { target })).body.id;
const webhook = () => make({ kind: 'webhook', url: 'https://hooks.example.com/very-secret' });
const remove = (id: string) => call('DELETE', `/v1/channels/${id}`);
const restore = (id: string, key = api.mine.writer) => call('POST', `/v1/channels/${id}/restore`, undefined, key);

test('a deleted channel comes back as it was, secrets and deliveries with it, once', async () => {
  const id = await webhook();
  const before = (await call('GET', `/v1/channels/${id}`)).body;
  const sealed = await storedIn(api, id);
  const delivery = (await call('POST', `/v1/channels/${id}/test`)).body.id;
  const channelOf = async () => (await call('GET', `/v1/deliveries/${delivery}`)).body.channelId;
  await remove(id);
  expect(await channelOf()).toBeNull();
  const back = await restore(id);
  expect(back.status, back.text).toBe(200);
  expect({ ...back.body, updatedAt: '', lastDelivery: null }).toEqual({ ...before, updatedAt: '', lastDelivery: null });
  expect(await storedIn(api, id)).toEqual(sealed);
  expect(await channelOf()).toBe(id);
  expect((await restore(id)).status).toBe(404);
});

test('what waits in the bin can’t be read out of the database either', async () => {
  const id = await webhook();
  await remove(id);
  const { rows } = await api.sql.query('SELECT row FROM deleted_row');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('very-secret');
});

test('neither another organisation nor a reading key brings it back, nor anybody where there is no room', async () => {
  const id = await webhook();
  await remove(id);
  expect((await restore(id, api.other.writer)).status).toBe(404);
  expect((await restore(id, api.mine.reader)).status).toBe(403);
  await webhook();
  const second = await webhook();
  expect((await restore(id)).body.code).toBe('channel-limit');
  await remove(second);
  expect((await restore(id)).status).toBe(200);
});

test('a phone that said STOP while its channel was away is not called when it comes back', async () => {
  const id = await make({ kind: 'sms', phone: '+49 151 12345678' });
  const { rows } = await api.sql.query<{ lookup: Buffer }>('SELECT lookup FROM channel WHERE id = $1', [id]);
  await remove(id);
  await api.deps.db.transaction((tx) => stopPhone(tx, rows[0]?.lookup ?? Buffer.alloc(0)));
  expect((await restore(id)).body).toMatchObject({ status: 'stopped', statusReason: stopReason });
});

test('nor is a reader written to who unsubscribed meanwhile', async () => {
  const address = 'ops@example.com';
  const id = await make({ kind: 'email', address });
  await remove(id);
  const { id: organisationId } = api.mine;
  const lookup = mailLookup(api.deps.config.secret, organisationId, address);
  await api.deps.db.transaction((tx) => leaveMail(tx, { organisationId, address, lookup }));
  expect((await restore(id)).body).toMatchObject({ status: 'stopped', statusReason: leaveReason });
});

test('whoever brings one back waits for its organisation before it holds anything else', async () => {
  const id = await webhook();
  await remove(id);
  let back: ReturnType<typeof restore> | undefined;
  await api.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [api.mine.id]);
    back = restore(id);
    // Of this database alone, and asked outside: a transaction sees the same list of connections until it ends.
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await api.sql.query(waiting)).rows.length).toBeGreaterThan(0);
    // Held by the other one, this would fail at once; waiting for it would be waiting for ever.
    await tx.query('SELECT 1 FROM deleted_row WHERE id = $1 FOR UPDATE NOWAIT', [id]);
  });
  expect((await back)?.status).toBe(200);
});
