import { randomUUIDv7 } from 'node:crypto';
import { corpusThere, isName, naughtyTexts, needs } from '@farwatch/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApi, type TestApi } from '../../test-api.fixture.ts';
import { openTarget } from '../channels/stored-target.ts';

let api: TestApi;
let ann: Person;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.signUp();
});
afterAll(() => api[Symbol.asyncDispose]());

const patch = (person: Pick<Person, 'send'>, url: string, payload: object) =>
  person.send({ method: 'PATCH', url, payload });
const me = async (person: Pick<Person, 'send'>) => (await person.send({ url: '/v1/me' })).json();
const quietHours = {
  timeZone: 'Europe/Berlin',
  windows: [{ days: [1, 2, 3, 4, 5], from: '22:00', until: '07:00' }],
  except: ['down'],
};

test('a new account has no zone and no quiet hours of its own, and its organisation lives by UTC', async () => {
  const bob = await api.signUp();
  expect(await me(bob)).toMatchObject({
    account: { email: bob.email, timeZone: null, quietHours: null },
    organisation: { timeZone: 'UTC', weeklyReport: true, logDays: 30, role: 'owner' },
  });
});

test('who asks is told up to where the events are known, so that the stream can be taken up from there', async () => {
  const { id: organisationId } = (await me(ann)).organisation;
  const data = { deliveryId: randomUUIDv7(), status: 'delivered' } as const;
  const { db, events } = api.deps;
  await db.transaction((tx) => events.record(tx, { organisationId, monitorId: null, type: 'delivery.updated', data }));
  const newest = await events.newestId(db.sql);
  expect(newest).not.toBe('0');
  await expect.poll(async () => (await me(ann)).lastEventId).toBe(newest);
});

test('a person sets a zone and quiet hours, keeps what isn’t given, and takes them away with null', async () => {
  const set = await patch(ann, '/v1/me', { timeZone: 'Asia/Kolkata', quietHours });
  expect(set.statusCode).toBe(200);
  expect(set.json().account).toMatchObject({ timeZone: 'Asia/Kolkata', quietHours });
  await patch(ann, '/v1/me', { quietHours: null });
  expect((await me(ann)).account).toMatchObject({ timeZone: 'Asia/Kolkata', quietHours: null });
  await patch(ann, '/v1/me', { timeZone: null });
  expect((await patch(ann, '/v1/me', {})).json()).toEqual(await me(ann));
  expect((await me(ann)).account.timeZone).toBeNull();
});

test.each([
  ['/v1/me', { timeZone: 'Mars/Base' }, '/timeZone', 'unknown-time-zone'],
  ['/v1/me', { timeZone: '+01:00' }, '/timeZone', 'unknown-time-zone'],
  ['/v1/me', { quietHours: { ...quietHours, timeZone: 'x' } }, '/quietHours/timeZone', 'unknown-time-zone'],
  ['/v1/me', { quietHours: { ...quietHours, windows: [] } }, '/quietHours/windows', 'too-few'],
  ['/v1/me', { email: 'x@example.com' }, '/email', 'unknown-field'],
  ['/v1/organisation', { timeZone: 'nowhere' }, '/timeZone', 'unknown-time-zone'],
  ['/v1/organisation', { name: '' }, '/name', 'too-short'],
  ['/v1/organisation', { timeZone: null }, '/timeZone', 'wrong-type'],
  ['/v1/organisation', { logDays: 0 }, '/logDays', 'too-small'],
  ['/v1/organisation', { logDays: 401 }, '/logDays', 'too-large'],
])('%s refuses %j and keeps what was', async (url, payload, pointer, code) => {
  const before = await me(ann);
  const answer = await patch(ann, url, payload);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect(await me(ann)).toEqual(before);
});

test('an API key is nobody: it has no settings to change, nor may it change the organisation’s', async () => {
  const writer = await api.keyOf(ann, 'write');
  const reader = await api.keyOf(ann, 'read');
  const own = await patch(writer, '/v1/me', { timeZone: 'UTC' });
  expect([own.statusCode, own.json().code]).toEqual([409, 'no-account']);
  expect((await patch(reader, '/v1/me', { timeZone: 'UTC' })).json().code).toBe('insufficient-scope');
  expect((await patch(writer, '/v1/organisation', { name: 'x' })).json().code).toBe('owner-only');
  expect(await me(writer)).toMatchObject({ account: null, organisation: { role: null, timeZone: 'UTC' } });
});

test('the owner names the organisation, its zone and whether it gets a report; another’s stays as it is', async () => {
  const eve = await api.signUp();
  const before = await me(eve);
  const given = { name: 'Ärger & Söhne <b>', timeZone: 'America/New_York', weeklyReport: false, logDays: 400 };
  expect((await patch(ann, '/v1/organisation', given)).json().organisation).toMatchObject(given);
  expect((await patch(ann, '/v1/organisation', { weeklyReport: true })).json().organisation).toMatchObject({
    ...given,
    weeklyReport: true,
  });
  expect(await me(eve)).toEqual(before);
});

test('a member who isn’t the owner reads the settings and doesn’t change them', async () => {
  const bob = await api.signUp();
  const { account } = await me(bob);
  await api.deps.db.sql.query(`UPDATE member SET role = 'member' WHERE account_id = $1`, [account.id]);
  expect((await patch(bob, '/v1/organisation', { name: 'mine' })).json().code).toBe('owner-only');
  expect((await me(bob)).organisation).toMatchObject({ role: 'member', weeklyReport: true });
});

test('lists the people of the organisation and nobody else', async () => {
  const reader = await api.keyOf(ann, 'read');
  const { account } = await me(ann);
  const { items } = (await reader.send({ url: '/v1/members' })).json();
  expect(items).toEqual([{ accountId: account.id, name: 'Ann', email: ann.email, role: 'owner' }]);
});

test('the channel made at sign-up is the person’s own and opens with the keyring in its own row alone', async () => {
  const bob = await api.signUp();
  const { account } = await me(bob);
  const { rows } = await api.deps.db.sql.query<{ id: string; account_id: string; target: string; sealed: string }>(
    'SELECT id, account_id, target, sealed FROM channel WHERE organisation_id = $1',
    [bob.organisationId],
  );
  const [row] = rows;
  expect(rows).toHaveLength(1);
  expect(row).toMatchObject({ account_id: account.id, target: bob.email });
  expect(row?.sealed).not.toContain(bob.email);
  const place = { table: 'channel', organisationId: bob.organisationId, rowId: row?.id ?? '' } as const;
  expect(openTarget(api.deps.keyring, place, row?.sealed ?? '')).toEqual({ kind: 'email', address: bob.email });
  const other = { ...place, organisationId: ann.organisationId };
  expect(() => openTarget(api.deps.keyring, other, row?.sealed ?? '')).toThrow();
});

test('an account taken back by mail keeps its own sealed channel and loses the ones a stranger added', async () => {
  const bob = await api.signUp();
  const { account } = await me(bob);
  const { sql } = api.deps.db;
  await sql.query(
    `INSERT INTO channel (id, organisation_id, account_id, name, kind, target, sealed, updated_at)
     VALUES ($1, $2, $3, 'x', 'email', 'eve@example.com', 'v1', now()), ($4, $2, NULL, 'x', 'webhook', $5, 'v1', now())`,
    [randomUUIDv7(), bob.organisationId, account.id, randomUUIDv7(), bob.email],
  );
  await api.deps.db.transaction((tx) => api.deps.organisations.takeBack(tx, account.id));
  const { rows } = await sql.query('SELECT kind, target, account_id FROM channel WHERE organisation_id = $1', [
    bob.organisationId,
  ]);
  expect(rows).toEqual([{ kind: 'email', target: bob.email, account_id: account.id }]);
});

needs('/work/shared/corpora', corpusThere).test(
  'a naughty name of an organisation is kept as it is, or refused',
  async () => {
    for (const name of naughtyTexts()) {
      const refused = !isName(name, 100);
      const answer = await patch(ann, '/v1/organisation', { name });
      expect([name, answer.statusCode]).toEqual([name, refused ? 400 : 200]);
      if (!refused) expect(answer.json().organisation.name).toBe(name);
    }
  },
  120_000,
);
