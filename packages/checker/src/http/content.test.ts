import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, said } from '../look.fixture.ts';

const page = Buffer.from(`<!doctype html><title>Shop</title>${'<p>socks and more socks</p>'.repeat(200)}`);
const html = { 'content-type': 'text/html' };

type Answer = Readonly<{ coding?: string; body: Buffer; type?: string; length?: number }>;
/** A server that answers so, and in plain words when it is asked for no compression. */
const startCoded = ({ coding, body, type = 'text/html', length }: Answer, always = false) =>
  startTarget(({ headers }, res) => {
    if (headers['accept-encoding'] === 'identity' && !always) return res.writeHead(200, html).end(page);
    const coded = coding === undefined ? {} : { 'content-encoding': coding };
    res.writeHead(200, { 'content-type': type, ...coded, 'content-length': length ?? body.length }).end(body);
  });
const lookAtCoded = async (answer: Answer, always = false) => {
  await using target = await startCoded(answer, always);
  return await lookAt(target.url);
};

const whole = {
  gzip: gzipSync(page),
  deflate: deflateSync(page),
  br: brotliCompressSync(page),
  zstd: zstdCompressSync(page),
};
const corrupt = (body: Buffer): Buffer => {
  const middle = Buffer.from(body);
  for (let i = 12; i < Math.min(60, body.length); i++) middle[i] = (middle[i] ?? 0) ^ 0x5a;
  return middle;
};

describe('a compressed body', () => {
  test.each(Object.entries(whole))(
    'in %s is read as visitors read it, and both its sizes are told',
    async (coding, body) => {
      const answer = await lookAtCoded({ coding, body });
      expect(said(answer)).toBe('up');
      expect(answer.bytes).toBe(page.length);
      expect(answer.details.hops).toMatchObject([{ wireBytes: body.length, decodedBytes: page.length, coding }]);
      expect(answer.details.findings).toEqual([]);
    },
  );
  test.each([
    ['under an old name', { coding: 'x-gzip', body: whole.gzip }],
    ['without the head that deflate should have', { coding: 'deflate', body: deflateRawSync(page) }],
    ['once more on purpose', { coding: 'gzip, br', body: brotliCompressSync(whole.gzip) }],
    ['with something after its end', { coding: 'gzip', body: Buffer.concat([whole.gzip, Buffer.from('junk')]) }],
    ['that is empty', { coding: 'gzip', body: Buffer.alloc(0) }],
    ['that is a download', { body: whole.gzip, type: 'application/gzip' }],
  ])('%s is no fault', async (_, answer) => {
    expect(said(await lookAtCoded(answer))).toBe('up');
  });
  test('is looked through by assertions once it is decoded', async () => {
    await using target = await startCoded({ coding: 'br', body: whole.br });
    const assertions = [{ kind: 'body', compare: 'contains', value: 'more socks' }] as const;
    expect(said(await lookAt(target.url, { assertions }))).toBe('up');
  });
});

describe('a fault of compression', () => {
  test.each<[string, Answer, string]>([
    ['gzip that is cut', { coding: 'gzip', body: whole.gzip.subarray(0, 60) }, 'CUT_CODING'],
    ['br that is cut', { coding: 'br', body: whole.br.subarray(0, -9) }, 'CUT_CODING'],
    ['zstd that is cut', { coding: 'zstd', body: whole.zstd.subarray(0, -9) }, 'CUT_CODING'],
    ['gzip that is corrupt', { coding: 'gzip', body: corrupt(whole.gzip) }, 'CORRUPT_CODING'],
    [
      'zstd that is corrupt',
      { coding: 'zstd', body: corrupt(zstdCompressSync(page, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })) },
      'CORRUPT_CODING',
    ],
    ['gzip that is none', { coding: 'gzip', body: page }, 'NOT_CODED'],
    ['br that is none', { coding: 'br', body: page }, 'NOT_CODED'],
    ['zstd that is none', { coding: 'zstd', body: page }, 'NOT_CODED'],
    ['gzip that is called br', { coding: 'br', body: whole.gzip }, 'WRONG_CODING'],
    ['br that is called gzip', { coding: 'gzip', body: whole.br }, 'WRONG_CODING'],
    ['zstd that is called gzip', { coding: 'gzip', body: whole.zstd }, 'WRONG_CODING'],
    ['gzip under a name that nobody knows', { coding: 'gzipped', body: whole.gzip }, 'WRONG_CODING'],
    ['gzip within gzip', { coding: 'gzip', body: gzipSync(whole.gzip) }, 'DOUBLE_CODING'],
    ['gzip that nothing declares', { body: whole.gzip }, 'UNDECLARED_CODING'],
  ])('%s is down, said in a sentence, and confirmed by asking without compression', async (_, answer, code) => {
    const seen = await lookAtCoded(answer);
    expect(said(seen)).toBe(`protocol:${code}`);
    expect(seen.details.findings).toEqual([
      { kind: 'compression', code, text: expect.stringMatching(/\w+ \w+/u), withIdentity: 'good' },
    ]);
    expect(seen.evidence).toMatchObject({
      status: 200,
      bodyBase64: answer.body.subarray(0, 65_536).toString('base64'),
    });
  });
  test('that stays without compression is told so', async () => {
    const seen = await lookAtCoded({ coding: 'gzip', body: page }, true);
    expect(seen.details.findings).toMatchObject([{ code: 'NOT_CODED', withIdentity: 'bad' }]);
  });
  test('is no failure where browsers show the page all the same', async () => {
    const seen = await lookAtCoded({ coding: 'utf-8', body: page });
    expect(said(seen)).toBe('up');
    expect(seen.details.findings).toMatchObject([{ code: 'UNKNOWN_CODING' }]);
  });
  test('does not hide a bad status', async () => {
    await using target = await startTarget((_, res) =>
      res.writeHead(502, { 'content-encoding': 'gzip' }).end('<h1>502</h1>'),
    );
    const seen = await lookAt(target.url);
    expect(said(seen)).toBe('502');
    expect(seen.details.findings).toMatchObject([{ code: 'NOT_CODED' }]);
    expect(Buffer.from(seen.evidence?.decodedBase64 ?? '', 'base64').toString()).toBe('<h1>502</h1>');
  });
  test('of a request that changes something is not asked for again', async () => {
    await using target = await startCoded({ coding: 'gzip', body: page });
    const seen = await lookAt(target.url, { method: 'POST' });
    expect(seen.details.findings).toMatchObject([{ code: 'NOT_CODED', withIdentity: null }]);
    expect(target.connections()).toBe(1);
  });
});

describe('a fault of length', () => {
  test('a body shorter than it says is down, with both numbers', async () => {
    await using target = await startTarget((_, res) => {
      res.writeHead(200, { 'content-length': 100 });
      res.write('half', () => res.destroy());
    });
    const { details } = await lookAt(target.url);
    expect(details.findings).toMatchObject([
      { kind: 'length', code: 'CUT_BODY', text: 'Content-Length says 100 bytes, but 4 came', withIdentity: 'bad' },
    ]);
  });
  test('bytes after the end are told, and no failure: visitors never see them', async () => {
    await using target = await startTarget(({ socket }) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more');
    });
    const seen = await lookAt(target.url);
    expect(said(seen)).toBe('up');
    expect(seen.bytes).toBe(4);
    expect(seen.details.findings).toMatchObject([{ kind: 'length', code: 'EXCESS_BODY', withIdentity: 'bad' }]);
  });
});

describe('a secret in a compressed page', () => {
  const secret = { name: 'x-key', value: 'very-secret-value' };
  const echo = gzipSync('<p>you sent very-secret-value</p>');
  test('is taken out of the decoded evidence, and the bytes that hold it are left out', async () => {
    await using target = await startTarget((_, res) => res.writeHead(500, { 'content-encoding': 'gzip' }).end(echo));
    const { evidence } = await lookAt(target.url, { secret });
    expect(evidence?.bodyBase64).toBe('');
    expect(Buffer.from(evidence?.decodedBase64 ?? '', 'base64').toString()).toBe(`<p>you sent ${'*'.repeat(17)}</p>`);
  });
});

test('a bomb is read up to a mebibyte', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1_024 * 1_024));
  const seen = await lookAtCoded({ coding: 'gzip', body: bomb });
  expect(said(seen)).toBe('up');
  expect(seen.bytes).toBe(1_048_576);
});
