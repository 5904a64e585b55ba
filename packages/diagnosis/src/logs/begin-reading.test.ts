import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginReading } from './begin-reading.ts';
import { logLines } from './log-lines.fixture.ts';
import type { LogReading } from './reading.ts';
import type { LogIncident } from './window.ts';

const startedAt = Date.UTC(2026, 10, 28, 4, 43, 0);
const incident: LogIncident = {
  ...{ startedAt, resolvedAt: startedAt + 120_000 },
  spans: [{ region: 'fra', startedAt, endedAt: startedAt + 120_000 }],
  looks: [0, 30, 60, 90].map((s) => ({ region: s % 60 === 0 ? 'fra' : 'iad', at: startedAt + s * 1_000 })),
};
const read = (text: string, against: LogIncident | null = null, size = 1_000): LogReading => {
  const reading = beginReading({ incident: against });
  for (let at = 0; at < text.length; at += size) reading.push(text.slice(at, at + size));
  return reading.end();
};
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
const refused = (at: number, client = '203.0.113.9'): string =>
  `${stamp(at)} [error] 1#1: *2 connect() failed (111: Connection refused) while connecting to upstream, client: ${client}, server: , request: "GET /cart?token=s3cret HTTP/1.1", upstream: "http://127.0.0.1:3000/cart?token=s3cret", host: "shop.example", referrer: "https://shop.example/?q=me"\n`;

describe('each format says its cause', () => {
  test.each(logLines)('$format: $cause', ({ format, cause, upstream, text }) => {
    const { formats, counts, unknown } = read(text);
    expect([formats, unknown, counts.map((count) => [count.cause, count.upstream])]).toEqual([
      [format],
      0,
      [[cause, upstream]],
    ]);
  });
});

test('what colours a line in a terminal is neither in the way nor shown', () => {
  const { formats, unknown, entries } = read(
    `\u001b[31m${refused(startedAt + 5_000).trimEnd()}\u001b[0m\r\n`,
    incident,
  );
  expect([formats, unknown]).toEqual([['nginx'], 0]);
  expect(entries[0]?.text).toMatch(/^2026\/11\/28 .*referrer: \[redacted\]$/u);
});

describe('against an incident', () => {
  test('lines are counted by cause and upstream, inside and outside', () => {
    const text = [-3_600_000, 5_000, 31_000, 900_000].map((ms) => refused(startedAt + ms)).join('');
    const { counts, entries, shiftMs } = read(text, incident);
    expect(counts).toMatchObject([{ cause: 'origin-not-listening', upstream: '127.0.0.1:3000', count: 4, within: 2 }]);
    expect(entries.map(({ within, regions }) => [within, regions])).toEqual([
      [false, []],
      [true, []],
      [true, ['iad']],
      [false, []],
    ]);
    expect(shiftMs).toBe(0);
  });
  test.each([-12, -5, 1, 2, 5.5, 5.75, 14])('a clock that is %s h ahead is found out, to the second', (hours) => {
    const text = [1, 31, 61, 91].map((s) => refused(startedAt + s * 1_000 + hours * 3_600_000)).join('');
    const { shiftMs, counts, entries } = read(text, incident);
    expect([shiftMs, counts[0]?.within, counts[0]?.firstAt]).toEqual([-hours * 3_600_000, 4, startedAt + 1_000]);
    expect(entries[0]?.regions).toEqual(['fra']);
  });
  test('nothing is shifted where nothing shows a shift', () => {
    const allDay = Array.from({ length: 24 * 60 }, (_, n) => refused(startedAt + (n - 720) * 60_000)).join('');
    expect(read(allDay, incident).shiftMs).toBe(0);
    expect(read('what is this\n', incident).shiftMs).toBe(0);
  });
  test('a moment that names its zone is left where it is', () => {
    const text = `{"level":"error","ts":${startedAt / 1_000 + 30},"logger":"http.log.error","msg":"dial tcp 127.0.0.1:3000: connect: connection refused","status":502}\n`;
    expect(read(text, incident)).toMatchObject({ shiftMs: 0, counts: [{ within: 1 }] });
  });
});

describe('any text can be read', () => {
  test('lines that nobody knows are counted and shown, the rest of an entry is not', () => {
    const stderr = `${stamp(startedAt)} [error] 1#1: *2 FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error: x in /a.php:3\nStack trace:\n#0 {main}\n  thrown in /a.php on line 3" while reading response header from upstream\n`;
    const reading = read(`${stderr}who are you\n`);
    expect(reading).toMatchObject({
      lines: 5,
      unknown: 1,
      unknownExamples: ['who are you'],
      counts: [{ cause: 'app-error' }],
    });
  });
  test('however it is cut into pieces', () => {
    const text = logLines.map((line) => line.text).join('\n');
    const whole = read(text, incident, text.length);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
        expect(read(text, incident, size)).toEqual(whole);
      }),
    );
  });
  test('a line without end takes no memory', () => {
    const reading = beginReading();
    for (let n = 0; n < 2_000; n++) reading.push('x'.repeat(10_000));
    reading.push(`\n${refused(startedAt)}`);
    expect(reading.end()).toMatchObject({ lines: 2, unknown: 1, counts: [{ count: 1 }] });
  });
  test('mutated lines and noise are read to the end, and give the same again', () => {
    const texts = logLines.map((line) => line.text);
    const mutated = fc
      .tuple(fc.constantFrom(...texts), fc.nat(400), fc.nat(60), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(([line, at, cut, put]) => line.slice(0, at) + put + line.slice(at + cut));
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, fc.string({ unit: 'binary' })), { maxLength: 30 }), (lines) => {
        expect(read(lines.join('\n'), incident)).toEqual(read(lines.join('\n'), incident));
      }),
    );
  }, 30_000);
  test.each([
    ['['],
    ['{"level":"'],
    ['2026/11/28 04:43:01 [error] connect() to '],
    ['Cookie: "'],
    ['1:'],
    ['a@'],
    ['//'],
    ['?'],
  ])('a long run of %s takes no more than its length asks', (piece) => {
    const began = performance.now();
    read(`${piece.repeat(4_000)}\n`.repeat(20), incident, 100_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

const secrets = ['203.0.113.9', '2001:db8::9', 's3cret', 'sid=abc', 'anna@mail.example', 'Bearer abcdef'] as const;
describe('what is kept names no client', () => {
  const shown = ({ entries, counts, unknownExamples }: LogReading): string =>
    JSON.stringify([entries.map(({ text }) => text), counts.map(({ example }) => example), unknownExamples]);
  test.each([
    ['nginx', refused(startedAt)],
    ['nginx over IPv6', refused(startedAt, '2001:db8::9')],
    [
      'HAProxy',
      '203.0.113.9:47166 [28/Nov/2026:04:43:14.313] web shop/one 0/0/0/0/30 502 373 - - SH-- 1/1/0/0/0 0/0 {shop.example|sid=abc} "GET /?token=s3cret HTTP/1.1"\n',
    ],
    [
      'Apache',
      '[Sat Nov 28 04:43:05.672636 2026] [proxy_http:error] [pid 1:tid 2] (104)Connection reset by peer: [client 203.0.113.9:54726] AH01102: error reading status line from remote server 127.0.0.1:43159, referer: https://shop.example/?token=s3cret\n',
    ],
    [
      'Caddy',
      '{"level":"error","ts":1795840995.04,"logger":"http.log.error","msg":"EOF","request":{"remote_ip":"203.0.113.9","uri":"/?token=s3cret","headers":{"Cookie":["sid=abc"],"Authorization":["Bearer abcdef"]}},"status":502}\n',
    ],
    [
      'no format',
      'user anna@mail.example from 203.0.113.9 and 2001:db8::9 asked /?token=s3cret, Cookie: sid=abc; Authorization: Bearer abcdef\n',
    ],
  ])('%s', (_name, text) => {
    const kept = shown(read(text, incident));
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });
  test('whoever the client is', () => {
    const client = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(client, fc.webQueryParameters(), (address, query) => {
        const text = refused(startedAt, address).replaceAll('token=s3cret', `k=${query}`);
        const kept = shown(read(text));
        if (!'127.0.0.1:3000'.includes(address)) expect(kept).not.toContain(`client: ${address}`);
        if (query.length > 3) expect(kept).not.toContain(`k=${query}`);
      }),
    );
  });
  test('where the gateway was going stays', () => {
    expect(shown(read(refused(startedAt)))).toContain('http://127.0.0.1:3000/');
  });
});

test.each([
  [
    'captured cookies of HAProxy',
    'web haproxy[1]: 203.0.113.9:5000 [28/Nov/2026:05:00:00.000] f b/s1 0/0/-1/-1/3 503 1 SID=SECRET x=SECRET SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
    '[28/Nov/2026:05:00:00.000]',
  ],
  ['secrets after a colon', 'some line, x-csrf-token: SECRET password: SECRET api-key: SECRET end', 'end'],
  ['an encoded query', '2026/11/28 05:00:00 [error] 1#1: *1 directory index of "/a%3Ftoken%3DSECRET" end', 'end'],
  ['a signed token', 'some line eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.SECRET end', 'end'],
])('%s are not kept, the rest is', (_what, text, rest) => {
  const reading = beginReading();
  reading.push(`${text}\n`);
  const { entries, unknownExamples } = reading.end();
  const kept = JSON.stringify([entries, unknownExamples]);
  expect(kept).not.toContain('SECRET');
  if (entries.length + unknownExamples.length > 0) expect(kept).toContain(rest);
});

test('a short incident’s own lines are shown, however many came in the same minute before it', () => {
  const beganAt = startedAt + 45_000;
  const short: LogIncident = {
    ...{ startedAt: beganAt, resolvedAt: beganAt + 10_000, lastGoodAt: beganAt - 1_000 },
    spans: [{ region: 'fra', startedAt: beganAt, endedAt: beganAt + 10_000 }],
    looks: [{ region: 'fra', at: beganAt }],
  };
  const text = Array.from({ length: 3_000 }, (_, n) => refused(startedAt + n * 20)).join('');
  const { entries } = read(text, short);
  const besides = entries.filter(({ regions }) => regions.length > 0);
  const inside = entries.filter(({ within }) => within === true);
  expect(besides.length).toBeGreaterThan(8);
  expect(inside.length).toBeGreaterThan(entries.length * 0.8);
});

test('lines of very many different hours are read as fast as others', () => {
  const reading = beginReading();
  const begin = performance.now();
  for (let n = 0; n < 80_000; n += 1) {
    const day = new Date(Date.UTC(2000, 0, 1) + n * 3_600_000).toISOString();
    reading.push(
      `${day.slice(0, 10).replaceAll('-', '/')} ${day.slice(11, 19)} [error] 1#1: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.1, upstream: "http://127.0.0.1:3000/"\n`,
    );
  }
  expect(reading.end().counts[0]?.count).toBe(80_000);
  expect(performance.now() - begin).toBeLessThan(10_000); // about one second; many minutes when each new hour counts all again
}, 30_000);
