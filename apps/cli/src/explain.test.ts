import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startTarget } from '@farwatch/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { check, type Told } from './check.ts';
import { explainCase } from './explain.ts';
import { parseExplain } from './explain-arguments.ts';
import { farwatch } from './run-cli.fixture.ts';

/** Each starts a process or more, beside other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'farwatch-explain-'));
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const explained = async (...files: readonly string[]) => {
  const { code, text } = await explainCase(['--json', ...files], Readable.from([]));
  return { code, told: JSON.parse(text) };
};
const said = (files: readonly string[], stdin: string | Buffer): Promise<Told> =>
  explainCase(files, Readable.from([Buffer.from(stdin)]));

const page =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n';
const answer = `HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`;

describe('a page', () => {
  test('with its headers: one JSON document', async () => {
    const { code, told } = await explained(await file('page.http', answer));
    expect(code).toBe(0);
    expect(Object.keys(told)).toEqual(['page', 'log', 'diagnosis']);
    expect(told.page).toMatchObject({ status: 502, reason: 'Bad Gateway', statusFrom: 'head' });
    expect(told.log).toBeNull();
    expect(told.diagnosis.wroteBy.product).toBe('nginx');
  });
  test('from standard input, for people', async () => {
    const { code, text } = await said(['-'], answer);
    expect(code).toBe(0);
    for (const part of ['HTTP 502 Bad Gateway', 'wrote the answer   nginx', 'First: ']) expect(text).toContain(part);
  });
  test('one line of words', async () => {
    const { text } = await said(['-', '--json'], 'Bad gateway Error code 502\n');
    expect(JSON.parse(text)).toMatchObject({ page: { status: 502, statusFrom: 'words' } });
  });
  test('what a check printed is read again with all that it measured', async () => {
    await using server = await startTarget((_, res) =>
      res.writeHead(502, { Server: 'nginx', 'Content-Type': 'text/html' }).end(page),
    );
    const { text } = await check([server.url, '--allow', '127.0.0.0/8', '--json']);
    const { told } = await explained(await file('look.json', text));
    expect(told.diagnosis).toEqual(JSON.parse(text).diagnosis);
    expect(told.page).toMatchObject({ status: 502, address: '127.0.0.1' });
    await expect(explained(await file('half.json', text.slice(0, 900)))).rejects.toThrow('no whole document');
  });
  test('written by a shell of Windows, in UTF-16', async () => {
    const { told } = await explained(await file('wide.http', Buffer.from(`\u{feff}${answer}`, 'utf16le')));
    expect(told.page.status).toBe(502);
  });
  test('recorded as it came: compressed and whole, and compressed and cut', async () => {
    const body = gzipSync(
      '<html><head><title>Shop</title></head><body><h1>Shop</h1><p>Shoes and hats for everybody, sent the same day.</p></body></html>',
    );
    const head = Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    const whole = await explained(await file('whole.http', Buffer.concat([head, body])));
    expect(whole.told.diagnosis.causes[0].cause).toBe('healthy');
    const cut = await explained(await file('cut.http', Buffer.concat([head, body.subarray(0, 40)])));
    expect(cut.told.page.findings[0].code).toBe('CUT_BODY');
    expect(cut.told.diagnosis.causes[0].cause).not.toBe('healthy');
    const text = brotliCompressSync('<html><body>'.concat('<p>Shoes and hats for everybody.</p>'.repeat(9)));
    const brotli = `HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: br\nTransfer-Encoding: chunked\n\n`;
    const bare = await explained(await file('brotli.http', Buffer.concat([Buffer.from(brotli), text])));
    expect([bare.told.page.findings, bare.told.page.bodyBytes]).toEqual([[], 336]);
  });
});

describe('what can’t be read is told in words, and ends with 2', () => {
  test('missing, empty, a folder, no text, compressed', async () => {
    const cases = [
      [join(folder, 'nowhere'), 'there is no such file'],
      [await file('empty', ' \n'), 'it is empty'],
      [folder, 'it is a directory'],
      [await file('binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3])), 'it is no text'],
      [await file('log.gz', gzipSync('hello')), 'zcat'],
    ] as const;
    for (const [path, words] of cases) {
      await expect(explained(path)).rejects.toThrow(words);
    }
    const { code, out, err } = await farwatch(['explain', '--json', join(folder, 'nowhere')]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('there is no such file');
  });
  test('two answers are two cases', async () => {
    const two = explained(await file('a.http', answer), await file('b.http', answer));
    await expect(two).rejects.toThrow('one case at a time');
  });
  test.each([
    [[], 'which file?'],
    [['-', '-'], 'only once'],
    [['a', '--url', 'shop'], '--url begins with'],
  ])('%j', (args, words) => expect(() => parseExplain(args)).toThrow(words));
});
