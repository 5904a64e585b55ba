import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { emptyDatabase } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { putBack, takeOut, throwAway } from './bin.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { reseal, sealedPlaces } from './reseal.ts';
import { startWorld, type World } from './world.fixture.ts';

const command = fileURLToPath(new URL('./rotate-keys-command.ts', import.meta.url));
const key = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const [channels] = sealedPlaces;
const [oldKey, newKey] = [key('old', 1), key('new', 2)];
const [old, both] = [parseKeyring(oldKey), parseKeyring(`${newKey},${oldKey}`)];

const contextOf = ({ organisationId }: World, rowId: string) => ({ table: 'channel', organisationId, rowId });

const addSealed = async (world: World, keyring: Keyring, plain: string): Promise<string> => {
  const id = await world.addChannel('email', 'a@b.example');
  await world.db.sql.query('UPDATE channel SET sealed = $2 WHERE id = $1', [
    id,
    keyring.seal(plain, contextOf(world, id)),
  ]);
  return id;
};
const addMany = (world: World, count: number): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => addSealed(world, old, `secret ${index} ü`)));

type Stored = { id: string; sealed: string | null; updated_at: Date };
const stored = async ({ db }: World): Promise<ReadonlyMap<string, Stored>> => {
  const { rows } = await db.sql.query<Stored>('SELECT id, sealed, updated_at FROM channel');
  return new Map(rows.map((row) => [row.id, row]));
};

const run = async (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, errors };
};

test('every sealed row comes under the new key alone, in several batches, and a second run finds nothing to do', async () => {
  await using world = await startWorld();
  const ids = await addMany(world, 450);
  const plainRow = await world.addTarget({ kind: 'email', address: 'a@b.example' }, { sealed: null });
  const env = { DATABASE_URL: world.url, FARWATCH_MASTER_KEY: `${newKey},${oldKey}` };
  const before = await stored(world);
  expect(await run(env)).toEqual({ code: 0, out: '450 of 450 re-sealed under key new\n', errors: '' });
  const after = await stored(world);
  const alone = parseKeyring(newKey);
  for (const [index, id] of ids.entries())
    expect(alone.open(after.get(id)?.sealed ?? '', contextOf(world, id))).toBe(`secret ${index} ü`);
  expect(after.get(plainRow)).toEqual(before.get(plainRow));
  for (const [id, row] of after) expect(row.updated_at).toEqual(before.get(id)?.updated_at);
  expect(await run(env)).toEqual({ code: 0, out: '0 of 0 re-sealed under key new\n', errors: '' });
  expect(await stored(world)).toEqual(after);
});

test('a row that can not be opened is left as it is and named by its id, the others go on, and the exit says so', async () => {
  await using world = await startWorld();
  const [good = '', copied = ''] = await addMany(world, 2);
  const lost = await addSealed(world, parseKeyring(key('lost', 3)), 'hunter2');
  const plain = await world.addChannel('email', 'a@b.example');
  await world.db.sql.query(`UPDATE channel SET sealed = 'xoxb-hunter2' WHERE id = $1`, [plain]);
  await world.db.sql.query(`UPDATE channel SET sealed = (SELECT sealed FROM channel WHERE id = $1) WHERE id = $2`, [
    good,
    copied,
  ]);
  const before = await stored(world);
  const { code, out, errors } = await run({ DATABASE_URL: world.url, FARWATCH_MASTER_KEY: `${newKey},${oldKey}` });
  expect([code, out]).toEqual([1, '1 of 4 re-sealed under key new\n']);
  const lines = errors.trimEnd().split('\n');
  const named = lines.map((line) => /^channel (\S+) could not be opened: ./u.exec(line)?.[1]);
  expect(new Set(named)).toEqual(new Set([copied, lost, plain]));
  expect(errors).not.toContain('hunter2');
  const after = await stored(world);
  for (const id of [copied, lost, plain]) expect(after.get(id)).toEqual(before.get(id));
});

test('what was stopped on the way keeps its finished batches and goes on from there', async () => {
  await using world = await startWorld();
  await addMany(world, 25);
  let batches = 0;
  const failing: World['db']['transaction'] = (work) =>
    world.db.transaction(async (tx) => {
      const result = await work(tx);
      batches += 1;
      if (batches === 2) throw new Error('the power went');
      return result;
    });
  const once = reseal({ db: { transaction: failing }, keyring: both, batchSize: 10 }, channels);
  await expect(once).rejects.toThrow('the power went');
  const current = [...(await stored(world)).values()].filter(({ sealed }) => both.isCurrent(sealed ?? ''));
  expect(current).toHaveLength(10);
  expect(await reseal({ db: world.db, keyring: both, batchSize: 10 }, channels)).toEqual({ count: 15, unopened: [] });
});

test('a change that its owner saves meanwhile is not overwritten with what was there before', async () => {
  await using world = await startWorld();
  const [id = ''] = await addMany(world, 1);
  const fresh = both.seal('changed meanwhile', contextOf(world, id));
  let pending: Promise<unknown> = Promise.resolve();
  await world.db.transaction(async (tx) => {
    await tx.query('UPDATE channel SET sealed = $2 WHERE id = $1', [id, fresh]);
    pending = reseal({ db: world.db, keyring: both }, channels);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await world.db.sql.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
  });
  expect(await pending).toEqual({ count: 0, unopened: [] });
  expect((await stored(world)).get(id)?.sealed).toBe(fresh);
});

test.for([
  ['DATABASE_URL', {}],
  ['FARWATCH_MASTER_KEY', { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x' }],
  ['FARWATCH_MASTER_KEY', { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x', FARWATCH_MASTER_KEY: 'hunter2' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x', FARWATCH_MASTER_KEY: newKey }],
] as const)('%s that can not be used is one line that names it, and exit 1', async ([setting, env]) => {
  const { code, out, errors } = await run(env);
  expect([code, out]).toEqual([1, '']);
  expect(errors).toMatch(new RegExp(`^farwatch rotate-keys: ${setting} [^\n]+\n$`, 'u'));
  expect(errors).not.toContain('hunter2');
});

test('a database without our tables is said to be one', async () => {
  await using database = await emptyDatabase();
  const { code, errors } = await run({ DATABASE_URL: database.url, FARWATCH_MASTER_KEY: newKey });
  expect(code).toBe(1);
  expect(errors).toContain('run node prisma/migrate-command.ts first');
});

test('a deleted channel that is brought back after a change of keys can be opened; deleted rows without secrets stay as they are', async () => {
  await using world = await startWorld();
  const { db, organisationId } = world;
  const sealed = await addSealed(world, old, 'a token');
  const plain = await world.addTarget({ kind: 'email', address: 'a@b.example' }, { sealed: null });
  for (const id of [sealed, plain]) await throwAway(db.sql, 'channel', { organisationId, id });
  const plainRow = () => db.sql.query('SELECT "row" FROM deleted_row WHERE id = $1', [plain]);
  const before = (await plainRow()).rows;
  const { code, out } = await run({ DATABASE_URL: world.url, FARWATCH_MASTER_KEY: `${newKey},${oldKey}` });
  expect([code, out]).toEqual([0, '1 of 1 re-sealed under key new\n']);
  expect((await plainRow()).rows).toEqual(before);
  const kept = await takeOut(db.sql, 'channel', { organisationId, id: sealed });
  await putBack(db.sql, 'channel', organisationId, kept?.row ?? {}, 10);
  const opened = parseKeyring(newKey).open((await stored(world)).get(sealed)?.sealed ?? '', contextOf(world, sealed));
  expect(opened).toBe('a token');
});

test('monitors’ log-ins come under the new key too, and one that can’t be opened is named', async () => {
  await using world = await startWorld();
  const [good, lost] = [await world.addMonitor(), await world.addMonitor()];
  const context = (rowId: string) => ({ table: 'monitor', organisationId: world.organisationId, rowId });
  const seal = (id: string, sealed: string) =>
    world.db.sql.query('UPDATE monitor SET auth_sealed = $2 WHERE id = $1', [id, sealed]);
  await seal(good, old.seal('a log-in', context(good)));
  await seal(lost, old.seal('a log-in', context(good)));
  const { code, out, errors } = await run({ DATABASE_URL: world.url, FARWATCH_MASTER_KEY: `${newKey},${oldKey}` });
  expect([code, out]).toEqual([1, '1 of 2 re-sealed under key new\n']);
  expect(errors).toContain(`monitor ${lost} could not be opened`);
  const { rows } = await world.db.sql.query<{ sealed: string }>(
    'SELECT auth_sealed AS sealed FROM monitor WHERE id = $1',
    [good],
  );
  expect(parseKeyring(newKey).open(rows[0]?.sealed ?? '', context(good))).toBe('a log-in');
});
