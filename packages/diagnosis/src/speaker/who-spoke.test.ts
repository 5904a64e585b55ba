import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../case.ts';
import { products } from '../products/all.ts';
import { applicationDocuments } from '../products/application-documents.fixture.ts';
import { nobodysSamples } from '../products/nobodys.fixture.ts';
import { edgeRelays, overHttp2, relays } from '../products/relayed.fixture.ts';
import { answerOf } from '../products/sample.fixture.ts';
import { samples } from '../products/samples.fixture.ts';
import { whoSpoke } from './who-spoke.ts';

const writerOf = (answer: Answer): string | null => whoSpoke(answer).wroteBy.product;
const all = [...samples, ...nobodysSamples];

describe('an error that was passed on is never blamed on the one that passed it on', () => {
  test.each(Object.entries({ ...relays, ...edgeRelays }))('by %s', (_by, relay) => {
    const wrong = all.flatMap(({ product, what, answer }) =>
      [relay(answer), overHttp2(relay(answer))].flatMap((relayed) => {
        const named = writerOf(relayed);
        return named === product || named === 'unknown' ? [] : [`${product}: ${what} → ${named}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
  test.each(Object.entries(relays))('nor by %s before another', (_by, outer) => {
    const wrong = Object.values(relays).flatMap((inner) =>
      all.filter(({ product, answer }) => ![product, 'unknown'].includes(writerOf(outer(inner(answer))) ?? '')),
    );
    expect(wrong).toEqual([]);
  });
  test.each(Object.entries(edgeRelays))('nor by %s before a gateway', (_by, outer) => {
    const wrong = Object.values(relays).flatMap((inner) =>
      all.filter(({ product, answer }) => ![product, 'unknown'].includes(writerOf(outer(inner(answer))) ?? '')),
    );
    expect(wrong.map(({ product, what }) => `${product}: ${what}`)).toEqual([]);
  });
  test('and most pages still name their writer', () => {
    // Whose pages carry no mark of their own: a gateway that writes `Server` anew hides them.
    const byServer: readonly string[] = ['aws-alb', 'bunny', 'ddos-guard', 'google-frontend'];
    const pages = samples.filter(({ product, answer }) => answer.body.length > 60 && !byServer.includes(product));
    for (const [by, relay] of Object.entries(relays)) {
      const named = pages.filter(({ product, answer }) => writerOf(relay(answer)) === product);
      expect([by, named.length / pages.length > 0.97]).toEqual([by, true]);
    }
  });
});

describe('without a body nobody is named wrongly', () => {
  test('an answer to HEAD', () => {
    const wrong = samples.filter(
      ({ product, answer }) => ![product, 'unknown'].includes(writerOf({ ...answer, body: '', bodyBytes: 0 }) ?? ''),
    );
    expect(wrong.map(({ product, what }) => `${product}: ${what}`)).toEqual([]);
  });
  test('no answer at all', () => {
    expect(whoSpoke(null)).toMatchObject({ wroteBy: { product: null, hop: 'none' }, chain: [], requestIds: [] });
  });
});

const nginxPage = (name = 'nginx'): string =>
  `<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;
const apachePage =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n</body></html>\n';
const bad = 'HTTP/1.1 502 Bad Gateway';

const chains: readonly (readonly [what: string, answer: Answer, writer: string, chain: readonly string[]])[] = [
  ['nginx alone', answerOf(`${bad}\nServer: nginx`, nginxPage()), 'nginx', ['nginx']],
  [
    'Varnish before nginx (measured)',
    answerOf(
      `${bad}\nServer: nginx/1.22.1\nDate: x\nContent-Type: text/html\nContent-Length: 157\nX-Varnish: 65550\nAge: 0\nVia: 1.1 varnish (Varnish/7.1)\nConnection: close`,
      nginxPage('nginx/1.22.1'),
    ),
    'nginx',
    ['varnish', 'nginx'],
  ],
  [
    'nginx before Varnish (measured)',
    answerOf(
      'HTTP/1.1 503 Backend fetch failed\nServer: nginx/1.22.1\nDate: x\nContent-Type: text/html; charset=utf-8\nConnection: keep-alive\nRetry-After: 5\nX-Varnish: 32770\nAge: 0\nVia: 1.1 varnish (Varnish/7.1)',
      '<title>503 Backend fetch failed</title><h3>Guru Meditation:</h3>',
    ),
    'varnish',
    ['nginx', 'varnish'],
  ],
  [
    'nginx before Apache httpd, whose Server it overwrites',
    answerOf(`HTTP/1.1 503 Service Unavailable\nServer: nginx`, apachePage),
    'apache',
    ['nginx', 'apache'],
  ],
  [
    'Caddy before nginx: two Server lines (measured)',
    answerOf(
      `${bad}\nContent-Length: 150\nContent-Type: text/html\nDate: x\nServer: Caddy\nServer: nginx`,
      nginxPage(),
    ),
    'nginx',
    ['caddy', 'nginx'],
  ],
  [
    'Cloudflare before nginx',
    answerOf(
      `${bad}\nDate: x\nContent-Type: text/html\nConnection: keep-alive\nServer: cloudflare\nCF-RAY: 8a1-FRA`,
      nginxPage(),
    ),
    'nginx',
    ['cloudflare', 'nginx'],
  ],
  [
    'Squid before Varnish, by the order of Via',
    answerOf(
      `${bad}\nServer: nginx\nX-Varnish: 3\nAge: 0\nVia: 1.1 varnish (Varnish/7.1), 1.1 lab (squid/5.7)\nConnection: close`,
      nginxPage(),
    ),
    'nginx',
    ['squid', 'varnish', 'nginx'],
  ],
  [
    'Varnish before Squid, in two lines of Via',
    answerOf(
      `${bad}\nServer: nginx\nVia: 1.1 lab (squid/5.7)\nX-Varnish: 3\nAge: 0\nVia: 1.1 varnish (Varnish/7.1)\nConnection: close`,
      nginxPage(),
    ),
    'nginx',
    ['varnish', 'squid', 'nginx'],
  ],
  [
    'nginx before NestJS on Express',
    answerOf(
      'HTTP/1.1 404 Not Found\nServer: nginx\nX-Powered-By: Express',
      applicationDocuments.find(({ product }) => product === 'nestjs')?.answer.body ?? '',
    ),
    'nestjs',
    ['nginx', 'nestjs', 'express'],
  ],
  ['a custom page behind nginx', answerOf(`${bad}\nServer: nginx`, '<h1>We will be back</h1>'), 'unknown', ['nginx']],
];

describe('the way an answer came', () => {
  test.each(chains)('%s', (_what, answer, writer, chain) => {
    const speaker = whoSpoke(answer);
    expect(speaker.wroteBy.product).toBe(writer);
    expect(speaker.chain.map(({ product }) => product)).toEqual(chain);
  });
  test('holds each product once, edges first and origins last', () => {
    const ranks = { edge: 0, gateway: 1, origin: 2 } as const;
    for (const { answer } of all)
      for (const relay of Object.values(relays)) {
        const { chain } = whoSpoke(relay(answer));
        expect(new Set(chain.map(({ product }) => product)).size).toBe(chain.length);
        expect(chain.map(({ role }) => ranks[role])).toEqual(chain.map(({ role }) => ranks[role]).toSorted());
      }
  });
  test('is told in words', () => {
    const { because, chain } = whoSpoke(
      answerOf(`${bad}\nServer: nginx/1.22.1\nVia: 1.1 varnish (Varnish/7.1)`, nginxPage()),
    );
    expect(because[0]).toBe('the page’s words “nginx”'.replace('’', "'"));
    expect(chain[0]?.because).toBe('header Via: 1.1 varnish (Varnish/7.1)');
  });
});

test('ids of the request are collected, whoever sends them', () => {
  const head = `${bad}\nX-Request-Id: a1\nx-correlation-id: b2\nCF-RAY: c3\nX-Varnish: 4\nX-Other: 5\nTraceparent: `;
  expect(whoSpoke(answerOf(head, '')).requestIds).toEqual([
    { name: 'X-Request-Id', value: 'a1' },
    { name: 'x-correlation-id', value: 'b2' },
    { name: 'CF-RAY', value: 'c3' },
    { name: 'X-Varnish', value: '4' },
  ]);
});

describe('whatever comes', () => {
  const header = fc.tuple(fc.string(), fc.string());
  const answers = fc.record({
    status: fc.option(fc.integer({ min: 100, max: 599 })),
    reason: fc.option(fc.string()),
    headers: fc.array(header, { maxLength: 12 }),
    body: fc.oneof(fc.string({ maxLength: 3_000 }), fc.lorem({ maxCount: 200 })),
  });
  test('random text names nobody', () => {
    fc.assert(
      fc.property(answers, (some) => {
        const { product } = whoSpoke({ ...some, httpVersion: '1.1', bodyBytes: null }).wroteBy;
        return product === 'unknown';
      }),
      { numRuns: 300 },
    );
  });
  const cloudflaresOwn = [520, 521, 522, 523, 524, 525, 526, 527, 530];
  test('Cloudflare’s own codes name it, whatever the page; under any other server they name nobody', () => {
    for (const status of cloudflaresOwn) {
      const head = (server: string): string => `HTTP/1.1 ${status} x\nServer: ${server}`;
      expect([status, writerOf(answerOf(head('cloudflare'), '<h1>Sorry</h1>'))]).toEqual([status, 'cloudflare']);
      expect([status, writerOf(answerOf(head('nginx'), '<h1>Sorry</h1>'))]).toEqual([status, 'unknown']);
    }
  });
  test('known headers over random text name nobody', () => {
    const known = all
      .flatMap(({ answer }) => answer.headers)
      .filter(([name]) => /^(?:server|via|x-cache|date|age)$/iu.test(name))
      // These stand on their own answers only, whatever the page: the balancer's, and CloudFront's with its X-Cache.
      .filter(([, value]) => !/^(?:awselb\/|CloudFront$)/u.test(value));
    fc.assert(
      fc.property(answers, fc.subarray(known, { maxLength: 6 }), (some, headers) => {
        // Codes that only Cloudflare writes, by its documents.
        fc.pre(!cloudflaresOwn.includes(some.status ?? 0));
        const body = `${some.body} and more`;
        return whoSpoke({ ...some, headers, body, httpVersion: '1.1', bodyBytes: null }).wroteBy.product === 'unknown';
      }),
      { numRuns: 300 },
    );
  });
  test('a page cut anywhere never names another', () => {
    const cut = fc.tuple(fc.constantFrom(...all), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cut, ([{ product, answer }, part]) => {
        const body = answer.body.slice(0, Math.floor(answer.body.length * part));
        return [product, 'unknown'].includes(writerOf({ ...answer, body }) ?? '');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a hostile body of 64 KiB', () => {
  const most = 65_536;
  const filled = (text: string): string => text.repeat(Math.ceil(most / Math.max(1, text.length))).slice(0, most);
  const seeds = [' ', '<', 'a', '<title>', '<address>Apache Server at ', 'Generated Sat, 28 Nov 2026 GMT by ', '<p>'];
  const starts = new Set(all.flatMap(({ answer }) => [answer.body.slice(0, 40), answer.body.slice(20, 60)]));
  const bodies = [...seeds, ...starts].map(filled);
  const msOf = (answer: Answer): number => {
    const begin = performance.now();
    whoSpoke(answer);
    return performance.now() - begin;
  };
  test(`is read in a few milliseconds, by ${products.length} products’ marks`, () => {
    const answer = answerOf(`${bad}\nServer: nginx`, '');
    const again = (body: string): number => Math.min(...[1, 2, 3].map(() => msOf({ ...answer, body })));
    const slowest = bodies.map((body) => {
      const ms = msOf({ ...answer, body });
      return ms < 5 ? ms : again(body);
    });
    // 5 ms on a quiet machine; three times that where tests share it.
    expect(Math.max(...slowest)).toBeLessThan(15);
    expect(slowest.toSorted((a, b) => a - b)[Math.floor(slowest.length / 2)]).toBeLessThan(5);
  }, 20_000);
});
