import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corpora, corpusBytes, corpusRows } from '../corpus.fixture.ts';
import { openReader } from './http1-reader.ts';

/** What an answer that comes in these pieces is read as; the connection is closed afterwards. */
const read = (pieces: readonly Buffer[], method = 'GET'): unknown => {
  const body: Buffer[] = [];
  let head: unknown = null;
  let end: unknown = null;
  const settle = (what: unknown): void => {
    if (end !== null) throw new Error('it ended twice');
    end = what;
  };
  const reader = openReader(method, {
    head: ({ status, reason, version, headers }) => {
      head = { status, reason, version, headers };
      return 'go-on';
    },
    data: (chunk) => {
      body.push(chunk);
      return 'go-on';
    },
    done: () => settle('done'),
    fault: ({ code }) => settle(code),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { head, body: Buffer.concat(body).toString('latin1'), end };
};
const text = (answer: string, method?: string): unknown => read([Buffer.from(answer, 'latin1')], method);
const ok = 'HTTP/1.1 200 OK\r\n';

describe('an answer', () => {
  test.each([
    ['with a length', `${ok}Content-Length: 2\r\n\r\nhi`, 'hi', 'done'],
    [
      'in chunks with extensions and trailers',
      `${ok}Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n`,
      'hi!',
      'done',
    ],
    [
      'whose chunks count more than a length beside them',
      `${ok}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
      'hi',
      'done',
    ],
    ['that ends with its connection', `${ok}\r\nhi`, 'hi', 'done'],
    ['without a reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', '', 'done'],
    ['with bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi', 'hi', 'done'],
    [
      'after interim ones',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`,
      'hi',
      'done',
    ],
    ['with the same length twice', `${ok}Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi`, 'hi', 'done'],
    ['with two lengths', `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi`, '', 'INVALID_CONTENT_LENGTH'],
    ['with a length that is no number', `${ok}Content-Length: -2\r\n\r\nhi`, '', 'INVALID_CONTENT_LENGTH'],
    ['that is shorter than it says', `${ok}Content-Length: 9\r\n\r\nhi`, 'hi', 'CUT_BODY'],
    ['whose last chunk is missing', `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n`, 'hi', 'CUT_BODY'],
    ['whose chunk has no size', `${ok}Transfer-Encoding: chunked\r\n\r\nhi\r\n`, '', 'INVALID_CHUNK'],
    [
      'whose chunk is longer than its size',
      `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhi!\r\n`,
      'hi',
      'INVALID_CHUNK',
    ],
    ['that is cut in its head', `${ok}Server: ngi`, '', 'CUT_HEAD'],
    ['that never comes', '', '', 'EMPTY_ANSWER'],
    ['of another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', '', 'INVALID_HTTP'],
    ['whose header has no colon', `${ok}Server nginx\r\n\r\n`, '', 'INVALID_HTTP'],
    ['whose header’s name ends with a blank', `${ok}Server : nginx\r\n\r\n`, '', 'INVALID_HTTP'],
    ['with a NUL in its head', `${ok}Server: a\0b\r\n\r\n`, '', 'INVALID_HTTP'],
    ['that switches protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', '', 'UNEXPECTED_UPGRADE'],
  ])('%s', (_, answer, body, end) => {
    expect(text(answer)).toMatchObject({ body, end });
  });
  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('to %s with %i has no body, whatever it says', (method, status) => {
    expect(text(`HTTP/1.1 ${status} x\r\nContent-Length: 10\r\n\r\n`, method)).toMatchObject({ body: '', end: 'done' });
  });
  test('keeps the case, order and bytes of its headers, and joins a folded one', () => {
    const value = Buffer.from('größer').toString('latin1');
    expect(text(`${ok}sErVer:  nginx \r\nX-A: a\r\n\t b\r\nX-B: ${value}\r\nContent-Length: 0\r\n\r\n`)).toMatchObject({
      head: {
        reason: 'OK',
        version: '1.1',
        headers: [
          ['sErVer', 'nginx'],
          ['X-A', 'a b'],
          ['X-B', 'größer'],
          ['Content-Length', '0'],
        ],
      },
    });
  });
});

test('the pieces in which an answer comes change nothing', () => {
  const answers = [
    `${ok}Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n10\r\n0123456789abcdef\r\n0\r\nX: y\r\n\r\n`,
    `HTTP/1.1 100 Continue\r\n\r\n${ok}Content-Length: 5\r\n\r\nhello`,
    `\r\n${ok}Server: x\r\n\r\nuntil the end`,
    `${ok}Content-Length: 5\r\n\r\nhel`,
  ].map((each) => Buffer.from(each));
  const cuts = fc.array(fc.nat({ max: 120 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom(...answers), cuts, (answer, at) => {
      const ends = [...at.filter((cut) => cut < answer.length).toSorted((a, b) => a - b), answer.length];
      const pieces = ends.map((end, i) => answer.subarray(ends[i - 1] ?? 0, end));
      expect(read(pieces)).toEqual(read([answer]));
    }),
  );
});

corpora.test('the raw answers of the corpora read the same byte by byte', () => {
  const rows = [
    ...corpusRows<{ raw_b64: string }>('http/llhttp-responses.jsonl').map((row) => row.raw_b64),
    ...corpusRows<{ replies_crlf: { data?: string } }>('http/curl-replies-plain-get.jsonl.gz', (path) =>
      gunzipSync(corpusBytes(path)),
    ).map((row) => row.replies_crlf.data ?? ''),
  ].map((base64) => Buffer.from(base64, 'base64').subarray(0, 20_000));
  for (const row of rows) expect(read(Array.from(row, (byte) => Buffer.of(byte)))).toEqual(read([row]));
});
