import type { RequestListener } from 'node:http';
import { freePort, startTarget } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { openApi } from './api.ts';

const all = async <T>(rows: AsyncGenerator<T>): Promise<readonly T[]> => {
  const got: T[] = [];
  for await (const row of rows) got.push(row);
  return got;
};
const said = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
/** What reading `/rows` and what reading `/one` of such a server comes to. */
const reading = async (handler: RequestListener, waitMs = 30_000): Promise<readonly [string, string]> => {
  await using server = await startTarget(handler);
  const api = openApi(server.url, 'fw_x', { waitMs });
  return [await said(all(api.rows('/rows'))), await said(api.get('/one'))];
};

test('rows come one by one, however the text is cut', async () => {
  await using server = await startTarget((_, res) => {
    res.write('{"a":1}\n{"a"');
    setImmediate(() => res.end(':"ü"}\n\n{"a":3}\n'));
  });
  expect(await all(openApi(server.url, 'fw_x').rows('/rows'))).toEqual([{ a: 1 }, { a: 'ü' }, { a: 3 }]);
});

test('a line that is no JSON is told with its number', async () => {
  const [rows, one] = await reading((_, res) => res.end('{"a":1}\n<html>\n'));
  expect(rows).toBe('/rows is broken: line 2 is no JSON');
  expect(one).toBe('/one was answered with something that is no JSON');
});

test('a stream that ends amid a line was cut off', async () => {
  const [rows] = await reading((_, res) => res.end('{"a":1}\n{"a":'));
  expect(rows).toBe('/rows was cut off amid a line');
});

test('a connection that breaks off between two lines is no shorter log', async () => {
  const [rows, one] = await reading((_, res) => {
    res.writeHead(200, { 'content-length': 1_000 });
    res.write('{"a":1}\n', () => res.destroy());
  });
  expect(rows).toMatch(/^\/rows was cut off after line 1: the connection was cut off/u);
  expect(one).toMatch(/^\/one was cut off: the connection was cut off/u);
});

test('a server that falls silent is not waited for without an end', async () => {
  const [rows] = await reading((_, res) => void res.write('{"a":1}\n'), 100);
  expect(rows).toBe('/rows was cut off after line 1: no answer in time');
  const [silent, one] = await reading(() => undefined, 100);
  expect(silent).toMatch(/^http:.* can't be reached: no answer in time$/u);
  expect(one).toBe(silent);
});

test('why nobody can be reached is told in words', async () => {
  const closed = openApi(`http://127.0.0.1:${await freePort()}`, 'fw_x');
  expect(await said(closed.get('/one'))).toMatch(/can't be reached: nothing listens there \(ECONNREFUSED\)$/u);
  const nowhere = openApi('http://nobody.invalid', 'fw_x');
  expect(await said(nowhere.get('/one'))).toMatch(/: (nobody knows a host of that name|no name server answers) \(E/u);
});

test('a server that asks for patience is asked again, and one that says no is not', async () => {
  let asked = 0;
  await using server = await startTarget((_, res) => {
    asked += 1;
    if (asked === 1) res.writeHead(429, { 'retry-after': '0' }).end('{}');
    else if (asked === 2) res.end('{"a":1}');
    else res.writeHead(401, { 'retry-after': '0' }).end('{"detail":"Sign in first."}');
  });
  const api = openApi(server.url, 'fw_x');
  expect(await api.get('/one')).toEqual({ a: 1 });
  expect(await said(api.get('/one'))).toBe('/one was answered with 401. Sign in first.');
  expect(asked).toBe(3);
});
