import { get } from 'node:https';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase, startTlsTarget } from './index.ts';

const query = async <R extends object>(url: string, text: string): Promise<R[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
};

test('a fresh database is migrated, and what one test writes no other sees', async () => {
  await using one = await freshDatabase();
  await using other = await freshDatabase();
  await query(one.url, 'CREATE TABLE mine (id int)');
  const tables = `SELECT to_regclass('mine') IS NOT NULL AS mine, to_regclass('monitor') IS NOT NULL AS monitor`;
  expect(await query(one.url, tables)).toEqual([{ mine: true, monitor: true }]);
  expect(await query(other.url, tables)).toEqual([{ mine: false, monitor: true }]);
});

test('a self-made certificate is accepted by whoever trusts it, and by nobody else', async () => {
  await using target = await startTlsTarget((_, response) => void response.end('hello'));
  const status = (ca?: string) =>
    new Promise((resolve) => {
      const options = ca === undefined ? {} : { ca };
      get(target.url, options, (answer) => resolve(answer.resume().statusCode)).on('error', (e) => resolve(e.message));
    });
  expect(await status(target.certificate)).toBe(200);
  expect(await status()).toMatch(/self-signed/);
});
