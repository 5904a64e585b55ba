import { describe, expect, test } from 'vitest';
import { caseOf, failing } from '../case.fixture.ts';
import type { Cause } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import { answerOf } from './sample.fixture.ts';

const chromed = (head: string, body: string) => answerOf(head, body);
const atReason = (reason: string, title: string) =>
  chromed(
    `HTTP/1.1 ${reason}\nDate: x\nServer: ATS/9.2.9\nContent-Type: text/html`,
    `<HTML>\n<HEAD>\n<TITLE>${title}</TITLE>\n</HEAD>\n\n<BODY BGCOLOR="white" FGCOLOR="black">\n<H1>${title}</H1>\n<HR>\n\n<FONT FACE="Helvetica,Arial"><B>\nDescription: x\n</B></FONT>\n<HR>\n</BODY>\n`,
  );
const squid = (status: string, error: string) =>
  chromed(`HTTP/1.1 ${status}\nServer: squid/5.7\nX-Squid-Error: ${error}\nVia: 1.1 lab (squid/5.7)`, '');
const h2o = (text: string) =>
  chromed('HTTP/1.1 502 Gateway Error\nServer: h2o/2.2.5\ncontent-type: text/plain; charset=utf-8', text);
const envoy = (status: string, text: string) =>
  chromed(`HTTP/1.1 ${status}\nserver: envoy\ncontent-type: text/plain`, text);
const reset = 'upstream connect error or disconnect/reset before headers. reset reason: ';

/** What each product says for more than one cause: all of them were made to happen, and the answers were the same. */
const rows: readonly (readonly [string, ReturnType<typeof chromed>, waitedMs: number, all: readonly Cause[]])[] = [
  [
    'Traffic Server, refused',
    atReason('502 Connection refused', 'Could Not Connect'),
    1,
    ['origin-not-listening', 'gateway-wrong-target'],
  ],
  [
    'Traffic Server, no status line',
    atReason('502 Malformed Server Response Status', 'Web Server Error'),
    1,
    ['origin-closed-early', 'origin-reset', 'upstream-tls'],
  ],
  [
    'Traffic Server, died at work',
    atReason('502 Malformed Server Response Status', 'Web Server Error'),
    1_300,
    ['origin-closed-early', 'origin-reset'],
  ],
  [
    'Traffic Server, no connection',
    atReason('502 connect failed', 'Could Not Connect'),
    30_010,
    ['origin-unreachable', 'origin-saturated', 'upstream-tls'],
  ],
  [
    'Traffic Server, silence',
    atReason('504 Connection Timed Out', 'Inactivity Timeout'),
    30_010,
    ['origin-timeout', 'origin-saturated'],
  ],
  [
    'Squid, refused',
    squid('503 Service Unavailable', 'ERR_CONNECT_FAIL 111'),
    1,
    ['origin-not-listening', 'gateway-wrong-target'],
  ],
  [
    'Squid, reset',
    squid('502 Bad Gateway', 'ERR_READ_ERROR 104'),
    1,
    ['origin-reset', 'origin-closed-early', 'upstream-tls'],
  ],
  [
    'Squid, invalid',
    squid('502 Bad Gateway', 'ERR_INVALID_RESP 0'),
    50,
    ['origin-invalid-response', 'origin-closed-early'],
  ],
  [
    'Squid, silence',
    squid('504 Gateway Timeout', 'ERR_READ_TIMEOUT 0'),
    60_010,
    ['origin-timeout', 'origin-saturated'],
  ],
  ['Squid, denied', squid('403 Forbidden', 'ERR_ACCESS_DENIED 0'), 1, ['blocked', 'gateway-config']],
  ['h2o, no connection', h2o('connection failed'), 1, ['origin-not-listening', 'gateway-wrong-target']],
  ['h2o, broken off', h2o('I/O error (head)'), 1, ['origin-closed-early', 'origin-reset', 'upstream-tls']],
  ['h2o, died at work', h2o('I/O error (head)'), 1_300, ['origin-closed-early', 'origin-reset']],
  ['h2o, silence', h2o('I/O timeout'), 30_010, ['origin-timeout', 'origin-saturated']],
  ['h2o, garbage', h2o('failed to parse the response'), 1, ['origin-invalid-response', 'gateway-wrong-target']],
  [
    'Envoy, refused',
    envoy(
      '503 Service Unavailable',
      `${reset}remote connection failure, transport failure reason: delayed connect error: 111`,
    ),
    1,
    ['origin-not-listening', 'gateway-wrong-target'],
  ],
  [
    'Envoy, nobody healthy',
    envoy('503 Service Unavailable', 'no healthy upstream'),
    1,
    ['no-live-upstream', 'origin-not-listening'],
  ],
  [
    'Envoy, silence',
    envoy('504 Gateway Timeout', 'upstream request timeout'),
    15_010,
    ['origin-timeout', 'origin-saturated'],
  ],
  [
    'Caddy, 503',
    chromed('HTTP/1.1 503 Service Unavailable\nServer: Caddy\nDate: x\nContent-Length: 0', ''),
    1,
    ['no-live-upstream', 'maintenance'],
  ],
];

describe('where an answer is the same for several causes', () => {
  test.each(rows)('%s: all are named, none with confidence', (_what, answer, waitedMs, all) => {
    const { causes } = diagnose(caseOf({ ...failing(answer.status ?? 0, waitedMs), answer }));
    expect(causes.map(({ cause }) => cause)).toEqual(expect.arrayContaining([...all]));
    expect(causes[0]?.confidence).toBeLessThan(0.6);
  });
});
