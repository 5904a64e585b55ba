import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookOfPasted, readPasted } from './pasted.ts';
import { recorded } from './recorded.fixture.ts';

const page =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n';
const bodyOf = (text: string): string | undefined => readPasted(text)?.answer?.body.replaceAll('\r', '').trim();

describe('what curl and wget print (recorded: curl 7.88.1, GNU Wget 1.21.3)', () => {
  test.each(['curl-i', 'curl-iL', 'curl-v', 'curl-sv', 'curl-100'] as const)(
    '%s: the last answer, with its page',
    (name) => {
      const read = readPasted(recorded[name]);
      expect(read).toMatchObject({ statusFrom: 'head', findings: [], failure: null });
      expect(read?.answer).toMatchObject({ status: 502, reason: 'Bad Gateway', httpVersion: '1.1' });
      expect(read?.answer?.headers.slice(0, 3)).toEqual([
        ['Server', 'nginx'],
        ['Content-Type', 'text/html'],
        ['Content-Length', '150'],
      ]);
      expect(bodyOf(recorded[name])).toBe(page.trim());
    },
  );
  test('the way is read where it is told', () => {
    expect(readPasted(recorded['curl-100'])).toMatchObject({
      ...{ method: 'POST', url: 'http://127.0.0.1:18991/', address: '127.0.0.1' },
    });
  });
  test('a head alone is what HEAD is answered with', () => {
    expect(readPasted(recorded['curl-I'])).toMatchObject({ method: 'HEAD', answer: { status: 502, body: '' } });
  });
  test('wget -S: the headers, indented; without -S the status alone', () => {
    expect(readPasted(recorded['wget-S'])).toMatchObject({
      answer: { status: 502, reason: 'Bad Gateway', body: '' },
      url: 'http://127.0.0.1:18991/x',
    });
    expect(readPasted(recorded['wget-S'])?.answer?.headers[0]).toEqual(['Server', 'nginx']);
    expect(readPasted(recorded.wget)?.answer).toMatchObject({ status: 502, headers: [] });
  });
  test('no answer at all is a failure, as a look would have called it', () => {
    const read = readPasted(recorded.refused);
    expect(read).toMatchObject({ answer: null, failure: { kind: 'network', phase: 'connect', code: 'ECONNREFUSED' } });
  });
});

const head = 'HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nContent-Type: text/html\r\n';
describe('the same answer in other clothes', () => {
  test.each([
    ['line feeds alone', `${head}\r\n${page}`.replaceAll('\r', '')],
    ['a byte order mark and blank lines before', `\u{feff}\n\n${head}\r\n${page}`],
    ['the command that was typed', `$ curl -i https://shop.example/\n${head}\r\n${page}`],
    ['no blank line between head and page', `${head}${page}`],
    ['HTTPie with the request', `GET / HTTP/1.1\nHost: shop.example\nUser-Agent: HTTPie/3.2\n\n\n\n${head}\n${page}`],
    ['a proxy’s answer to CONNECT before', `HTTP/1.1 200 Connection established\r\n\r\n${head}\r\n${page}`],
    [
      'a redirect with a page of its own',
      `HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n<html>moved</html>\r\n${head}\r\n${page}`,
    ],
    [
      'curl -iv, which prints the head twice',
      `* Connected to shop.example (192.0.2.1) port 80 (#0)\n${head
        .split('\r\n')
        .filter(Boolean)
        .map((line) => `< ${line}\n${line}\n`)
        .join('')}< \n\n${page}`,
    ],
    [
      'curl’s last words behind the page',
      `> GET / HTTP/1.1\n< HTTP/1.1 502 Bad Gateway\n< Server: nginx\n< Content-Type: text/html\n< \n${page.trim()}* Connection #0 to host shop.example left intact`,
    ],
    [
      'chunks with their sizes',
      `${head}Transfer-Encoding: chunked\r\n\r\n${page.length.toString(16)}\r\n${page}\r\n0\r\n\r\n`,
    ],
  ])('%s', (_, text) => {
    expect(readPasted(text)?.answer).toMatchObject({ status: 502, reason: 'Bad Gateway' });
    expect(readPasted(text)?.answer?.headers.find(([name]) => name === 'Server')).toEqual(['Server', 'nginx']);
    expect(bodyOf(text)).toBe(page.trim());
  });
  test('HTTP/2 has no reason', () => {
    expect(readPasted('HTTP/2 502 \r\nserver: cloudflare\r\n\r\nerror code: 502')?.answer).toMatchObject({
      ...{ status: 502, reason: null, httpVersion: '2', body: 'error code: 502' },
    });
  });
  test('a browser’s panel, label and value on one line or on two', () => {
    const rows = ['Request URL', 'Request Method', 'Status Code', 'Remote Address', 'server', 'cf-ray'];
    const values = [
      'https://shop.example/cart?token=x',
      'GET',
      '502 Bad Gateway',
      '192.0.2.1:443',
      'cloudflare',
      '8c-FRA',
    ];
    for (const between of [': ', ':\n']) {
      const read = readPasted(rows.map((name, n) => `${name}${between}${values[n]}`).join('\n'));
      expect(read).toMatchObject({ url: 'https://shop.example/cart', address: '192.0.2.1', answer: { status: 502 } });
      expect(read?.answer?.headers).toEqual([
        ['server', 'cloudflare'],
        ['cf-ray', '8c-FRA'],
      ]);
    }
  });
  test('headers without a status: the page’s words say it', () => {
    const read = readPasted(`server: nginx\ncontent-type: text/html\n\n${page}`);
    expect(read).toMatchObject({ statusFrom: 'words', answer: { status: 502 } });
    expect(readPasted(':status: 503\nserver: nginx\ndate: x\n')?.answer).toMatchObject({
      status: 503,
      httpVersion: '2',
    });
  });
});

describe('how long it took, where the client wrote the time beside', () => {
  test('curl --trace-time, to the millisecond, past midnight too', () => {
    const text = (to: string) =>
      `23:59:59.500000 * Connected to a (192.0.2.1) port 80 (#0)\n23:59:59.500000 > GET / HTTP/1.1\n23:59:59.500000 > \n${to} < HTTP/1.1 504 Gateway Time-out\n${to} < Server: nginx\n${to} < \n<html>`;
    expect(readPasted(text('23:59:59.502000'))).toMatchObject({ waitedMs: 2, answer: { status: 504, body: '<html>' } });
    expect(readPasted(text('00:00:59.510000'))?.waitedMs).toBe(60_010);
  });
  test('wget, in whole seconds; what is shorter is not told', () => {
    expect(readPasted(recorded['wget-S'])?.waitedMs).toBeNull();
    expect(readPasted(recorded['wget-S'].replace('04:41:43 ERROR', '04:42:43 ERROR'))?.waitedMs).toBe(60_000);
  });
  test('the diagnosis hears of it', () => {
    const slow = readPasted(recorded['wget-S'].replace('04:41:43 ERROR', '04:42:43 ERROR'));
    expect(slow === null ? null : lookOfPasted(slow).phases?.firstByteMs).toBe(60_000);
  });
});

describe('a page or a line without headers', () => {
  test.each([
    [page, 502],
    ['502 Bad Gateway', 502],
    ['<h1>Proxy Error</h1><p>The proxy server received an invalid response', 502],
    ['{"message": "Internal Server Error"}', 500],
  ])('%s', (text, status) => {
    expect(readPasted(text)).toMatchObject({ statusFrom: 'words', answer: { status, headers: [] } });
  });
  test.each([
    ['curl: (6) Could not resolve host: nobody.example', { kind: 'network', phase: 'dns', code: 'ENOTFOUND' }],
    [
      'curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received',
      { kind: 'timeout', afterMs: 5001 },
    ],
    ['curl: (52) Empty reply from server', { kind: 'network', phase: 'protocol', code: 'EMPTY_ANSWER' }],
    [
      'curl: (60) SSL certificate problem: certificate has expired',
      { kind: 'network', phase: 'tls', code: 'CERT_HAS_EXPIRED' },
    ],
  ])('%s', (text, failure) => expect(readPasted(text)).toMatchObject({ answer: null, failure }));
  test.each([
    ['This site can’t be reached\nshop.example refused to connect.\nERR_CONNECTION_REFUSED', 'connect', 'ECONNREFUSED'],
    ['shop.example’s server IP address could not be found.\nDNS_PROBE_FINISHED_NXDOMAIN', 'dns', 'ENOTFOUND'],
    ['Your connection is not private\nNET::ERR_CERT_DATE_INVALID', 'tls', 'CERT_HAS_EXPIRED'],
    ['Error code: SSL_ERROR_BAD_CERT_DOMAIN', 'tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['Error: connect ECONNREFUSED 127.0.0.1:3000', 'connect', 'ECONNREFUSED'],
    ['ERR_CONTENT_DECODING_FAILED', 'protocol', 'CORRUPT_CODING'],
    ['ERR_INCOMPLETE_CHUNKED_ENCODING 200 (OK)', 'protocol', 'CUT_BODY'],
  ])('a browser’s or a program’s own words: %s', (text, phase, code) => {
    expect(readPasted(text)).toMatchObject({ answer: null, failure: { kind: 'network', phase, code } });
  });
  test('a body that a client could not read is a finding', () => {
    expect(readPasted('ERR_CONTENT_DECODING_FAILED')?.findings).toMatchObject([{ kind: 'compression' }]);
    const cut =
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>\ncurl: (18) transfer closed with 90 bytes remaining to read';
    expect(readPasted(cut)).toMatchObject({ answer: { status: 200 }, findings: [{ code: 'CUT_BODY' }] });
  });
  test('PowerShell’s words', () => {
    const words =
      'Invoke-WebRequest : The remote server returned an error: (502) Bad Gateway.\nAt line:1 char:1\n+ iwr https://x';
    expect(readPasted(words)).toMatchObject({ answer: { status: 502 }, statusFrom: 'words' });
  });
  test('what is neither is not made one', () => {
    expect(readPasted('hello\nworld')).toBeNull();
    expect(readPasted('')).toBeNull();
    expect(readPasted('worker 3 got 502 Bad Gateway, connection refused\n'.repeat(40))).toBeNull();
  });
});

test('a blank page is told from a head alone', () => {
  const methodOf = (fields: string): string | undefined => readPasted(`HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`)?.method;
  expect(methodOf('Content-Length: 0')).toBe('GET');
  expect(methodOf('Content-Type: text/html\r\nTransfer-Encoding: chunked')).toBe('GET');
  expect(methodOf('Content-Type: text/html\r\nConnection: close')).toBe('GET');
  expect(methodOf('Content-Type: text/html\r\nContent-Length: 90')).toBe('HEAD');
  expect(methodOf('Content-Type: text/html\r\nConnection: keep-alive')).toBe('HEAD');
});

describe('the length of what was pasted', () => {
  const good = (length: number, body: string) =>
    readPasted(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`);
  test('a good answer whose body is shorter than its head says was cut', () => {
    expect(good(1_000, 'half a page')?.findings).toMatchObject([{ code: 'CUT_BODY' }]);
  });
  test('lost line ends are no cut, nor is an error page of which the end was left out', () => {
    expect(good(page.length + 7, page)?.findings).toEqual([]);
    expect(readPasted(`HTTP/1.1 502 x\r\nContent-Length: 9000\r\n\r\n${page}`)?.findings).toEqual([]);
  });
  test('more than was declared is a fault, and so is text that calls itself compressed and has its length to the byte', () => {
    expect(good(4, 'a page that goes on')?.findings).toMatchObject([{ code: 'EXCESS_BODY' }]);
    const coded = (length: number) =>
      readPasted(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${length}\r\n\r\n${page}`)?.findings;
    expect(coded(page.length)).toMatchObject([{ code: 'NOT_CODED' }]);
    expect(coded(90)).toEqual([]); // a client that shows it decoded
  });
  test('chunks without their last one were cut', () => {
    const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n20\r\nwor';
    expect(readPasted(text)).toMatchObject({ answer: { body: 'hellowor' }, findings: [{ code: 'CUT_BODY' }] });
  });
});

test('an error status is a failure to the diagnosis, a good one is not', () => {
  const lookOf = (text: string) => {
    const read = readPasted(text);
    return read === null ? null : lookOfPasted(read);
  };
  expect(lookOf(head)?.failure).toEqual({ kind: 'status', status: 502 });
  expect(lookOf('HTTP/1.1 200 OK\r\n\r\nfine')?.failure).toBeNull();
});

test('whatever is pasted, it ends soon and nothing is thrown', () => {
  const piece = fc.constantFrom(
    'HTTP/1.1 502',
    '< ',
    '* ',
    '\n',
    '\r\n',
    ': ',
    '<html',
    'Status Code',
    'a: b\n',
    '--2026-',
    '%',
    '5\r\n',
    'error code: ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (parts) => {
      const read = readPasted(parts.join(''));
      expect(read === null || read.answer !== null || read.failure !== null).toBe(true);
    }),
  );
  for (const piece of ['< ', 'a: ', '(', '0 ', ' ', 'http error ', '* Connection', '\t', 'error 502 \n']) {
    const began = performance.now();
    readPasted(piece.repeat(500_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(1_500);
  }
});
