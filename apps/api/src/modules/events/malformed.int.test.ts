import { freshDatabase } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { openDb } from '../../db.ts';
import { openEventHub } from './hub.ts';
import { eventStore } from './store.ts';

test('a notification that can not be read is dropped and told, and the next one is heard', async () => {
  await using database = await freshDatabase();
  const errors: string[] = [];
  const onError = (error: Error): void => void errors.push(error.message);
  const hub = openEventHub({ databaseUrl: database.url, events: eventStore(), onError });
  const db = openDb({ databaseUrl: database.url, maxConnections: 2, onError });
  await hub.ready(10_000);
  const heard: unknown[] = [];
  const onCheck = (check: unknown): void => void heard.push(check);
  hub.subscribe({ organisationId: 'acme', onEvent: () => undefined, onCheck });
  const malformed = ['{', '', 'null', '{}', '[null]', '["acme"]', '[["acme",null]]', '[["acme",{"monitorId":1}]]'];
  const good = { monitorId: 'm' };
  for (const payload of [...malformed, JSON.stringify([['acme', good]])])
    await db.sql.query(`SELECT pg_notify('farwatch_checks', $1)`, [payload]);
  await expect.poll(() => heard).toEqual([good]);
  expect(errors).toEqual(malformed.map(() => 'A notification of looks could not be read; it was dropped'));
  await hub.close();
  await db.close();
});
