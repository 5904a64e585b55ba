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
    // Nobody measured the wait: nothing is claimed of it.
    expect(told.diagnosis.evidence.map(({ text }: { text: string }) => text).join()).toContain('not known: ');
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

const refused =
  '2026/11/28 04:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.9, server: _, request: "GET /?token=s3cret HTTP/1.1", upstream: "http://127.0.0.1:3000/?token=s3cret", host: "shop.example"\n';
const confirms = (told: {
  log: { counts: readonly { cause: string }[] };
  diagnosis: { causes: readonly { cause: string }[]; certainty: string };
}) => {
  expect(told.log.counts[0]).toMatchObject({ cause: 'origin-not-listening', upstream: '127.0.0.1:3000' });
  expect(told.diagnosis.causes[0]?.cause).toBe('origin-not-listening');
  expect(told.diagnosis.certainty).toBe('confirmed');
};

describe('log lines', () => {
  test('alone: the cause is told, and nobody is said to have written an answer', async () => {
    const { code, told } = await explained(await file('error.log', refused.repeat(3)));
    expect(code).toBe(0);
    confirms(told);
    expect(told.page).toBeNull();
    expect(told.diagnosis.wroteBy).toMatchObject({ product: 'unknown', confidence: 0 });
    expect(told.log.counts[0].firstAt).toBe('2026-11-28T04:00:00.000Z');
    expect(JSON.stringify(told)).not.toMatch(/198\.51\.100\.9|s3cret/u);
  });
  test('with a page they are one case: what is open from outside is confirmed', async () => {
    const [http, log] = [await file('c.http', answer), await file('c.log', refused)];
    const alone = await explained(http);
    expect(alone.told.diagnosis.certainty).toBe('open');
    for (const files of [
      [http, log],
      [log, http],
    ]) {
      const { told } = await explained(...files);
      confirms(told);
      expect(told.page.status).toBe(502);
      expect(told.diagnosis.wroteBy.product).toBe('nginx');
    }
  });
  test('in one paste with a page, before it or behind', async () => {
    for (const text of [`${answer}${refused}`, `${refused}${answer}`]) {
      const { told } = JSON.parse(`{"told":${(await said(['--json', '-'], text)).text}}`);
      confirms(told);
      expect(told.page).toMatchObject({ status: 502, bodyBytes: expect.any(Number) });
    }
  });
  test('against a saved check, lines of another day say nothing, whatever the order of the files', async () => {
    await using server = await startTarget((_, res) =>
      res.writeHead(502, { Server: 'nginx', 'Content-Type': 'text/html' }).end(page),
    );
    const look = await check([server.url, '--allow', '127.0.0.0/8', '--json']);
    const at = Date.parse(JSON.parse(look.text).result.startedAt);
    const stamp = (ms: number): string =>
      new Date(ms).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
    const saved = await file('now.json', look.text);
    const now = await file('now.log', refused.replace('2026/11/28 04:00:00', stamp(at)));
    const old = await file('old.log', refused.replace('2026/11/28 04:00:00', stamp(at - 40 * 86_400_000)));
    confirms((await explained(now, saved)).told);
    const { told } = await explained(old, saved);
    expect(told.log.counts[0]).toMatchObject({ count: 1, within: 0 });
    expect(told.diagnosis.certainty).not.toBe('confirmed');
  });
  test('for people: counted by cause, and what to type', async () => {
    const { text } = await said(['-'], refused.repeat(12));
    for (const part of ['12 lines', '12 × origin-not-listening (127.0.0.1:3000)', 'a log confirms it', 'not known'])
      expect(text).toContain(part);
    expect(text).not.toContain('there was no answer');
  });
  test('lines of a log that is known without any failure say so; what nobody knows is refused', async () => {
    const notice = '2026/11/28 04:00:00 [notice] 7#7: start worker processes\n';
    expect((await said(['-'], notice)).text).toContain('Nothing in it tells of a failure');
    await expect(said(['-'], 'hello\nworld\n')).rejects.toThrow('neither an answer nor lines');
  });
  test('a large log is read as it comes', async () => {
    const pieces = 200;
    const chunk = Buffer.from(`${refused}${'x'.repeat(2_097_152)}\n`);
    const held = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    const before = held();
    let most = 0;
    const stream = Readable.from(
      (async function* () {
        for (let n = 0; n < pieces; n++) {
          most = Math.max(most, held());
          yield Buffer.from(chunk);
        }
      })(),
    );
    const { text } = await explainCase(['--json', '-'], stream);
    expect(JSON.parse(text).log.counts[0].count).toBe(pieces);
    expect(most - before).toBeLessThan((pieces * chunk.length) / 2);
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
