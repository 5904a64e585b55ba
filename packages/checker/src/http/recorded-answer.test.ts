import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readRecordedAnswer } from './recorded-answer.ts';

const page = '<html><body>hello</body></html>';
const raw = (headers: readonly string[], body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers.join('\r\n')}\r\n\r\n`), body]);

test('a recorded answer is decoded and judged as a look would have judged it', async () => {
  const body = gzipSync(page);
  const headers = ['Content-Type: text/html', 'Content-Encoding: gzip', `Content-Length: ${body.length}`];
  const whole = await readRecordedAnswer(raw(headers, body));
  expect(whole).toMatchObject({ head: { status: 200 }, findings: [], fault: null });
  expect(whole?.body.toString()).toBe(page);
  expect(await readRecordedAnswer(raw(headers, body.subarray(0, 20)))).toMatchObject({ fault: 'CUT_BODY' });
  const broken = Buffer.concat([body.subarray(0, 12), Buffer.alloc(body.length - 12)]);
  expect(await readRecordedAnswer(raw(headers, broken))).toMatchObject({ findings: [{ kind: 'compression' }] });
});
test('what is no answer is none', async () => {
  expect(await readRecordedAnswer(Buffer.from('hello'))).toBeNull();
  expect(await readRecordedAnswer(Buffer.alloc(0))).toBeNull();
});
