import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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
  const { code, out, err } = await farwatch(['explain', '--json', ...files]);
  return { code, err, told: out === '' ? null : JSON.parse(out) };
};

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
    const { code, out } = await farwatch(['explain', '-'], answer);
    expect(code).toBe(0);
    for (const part of ['HTTP 502 Bad Gateway', 'wrote the answer   nginx', 'First: ']) expect(out).toContain(part);
  });
  test('one line of words', async () => {
    const { out } = await farwatch(['explain', '-', '--json'], 'Bad gateway Error code 502\n');
    expect(JSON.parse(out)).toMatchObject({ page: { status: 502, statusFrom: 'words' } });
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
      const { code, err, told } = await explained(path);
      expect([code, told]).toEqual([2, null]);
      expect(err).toContain(words);
    }
  });
  test('two answers are two cases', async () => {
    const { code, err } = await explained(await file('a.http', answer), await file('b.http', answer));
    expect(code).toBe(2);
    expect(err).toContain('one case at a time');
  });
  test.each([
    [[], 'which file?'],
    [['-', '-'], 'only once'],
    [['a', '--url', 'shop'], '--url begins with'],
  ])('%j', (args, words) => expect(() => parseExplain(args)).toThrow(words));
});
