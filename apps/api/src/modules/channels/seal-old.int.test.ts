import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseKeyring } from '../../keyring.ts';
import { startWorld, type World } from '../../world.fixture.ts';
import { sealOldChannels, storedTargetOf } from './seal-old.ts';
import { channelStore } from './store.ts';

const keyring = parseKeyring(Buffer.alloc(32, 7).toString('base64'));
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A row as it was before there was encryption. */
const addOpen = async (kind: 'email' | 'webhook', target: string, secret: string | null = null): Promise<string> => {
  const id = randomUUIDv7();
  await world.db.sql.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, secret, updated_at) VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [id, world.organisationId, `my ${kind}`, kind, target, secret],
  );
  return id;
};

test('what lay open in the rows is sealed once, by however many processes start at once', async () => {
  const { db, organisationId } = world;
  const url = 'https://hooks.example.com/very-secret';
  const mails = await Promise.all(Array.from({ length: 7 }, (_, n) => addOpen('email', `a${n}@example.com`)));
  const hook = await addOpen('webhook', url, 'whsec_c2VjcmV0');
  const versions = async () =>
    (await db.sql.query<{ id: string; at: string }>('SELECT id, updated_at::text AS at FROM channel ORDER BY id')).rows;
  const before = await versions();
  const counts = await Promise.all([1, 2, 3].map(() => sealOldChannels({ db, keyring, batchSize: 3 })));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8);
  expect(await sealOldChannels({ db, keyring })).toBe(0);
  const { rows } = await db.sql.query('SELECT * FROM channel');
  expect(JSON.stringify(rows)).not.toMatch(/very-secret|whsec_/u);
  const open = async (id: string) => {
    const row = await channelStore().find(db.sql, { organisationId, id });
    return row === null ? null : { target: row.target, stored: storedTargetOf(keyring, row) };
  };
  expect(await open(hook)).toEqual({
    target: 'https://hooks.example.com/…',
    stored: { kind: 'webhook', url, secrets: [{ secret: 'whsec_c2VjcmV0', until: null }], headers: {}, template: null },
  });
  expect(await open(mails[3] ?? '')).toEqual({
    target: 'a3@example.com',
    stored: { kind: 'email', address: 'a3@example.com' },
  });
  expect(await versions()).toEqual(before);
});

test('a target that no key opens can be told from one that is there', async () => {
  const { db, organisationId } = world;
  const id = await addOpen('webhook', 'https://hooks.example.com/x', 'whsec_c2VjcmV0');
  await sealOldChannels({ db, keyring });
  const row = await channelStore().find(db.sql, { organisationId, id });
  const other = parseKeyring(Buffer.alloc(32, 8).toString('base64'));
  expect(row && storedTargetOf(other, row)).toBeNull();
});
