import { describe, expect, test } from 'vitest';
import type { Answer } from '../case.ts';
import { whoSpoke } from './who-spoke.ts';

type Head = readonly (readonly [string, string])[];
const answer = (status: number, headers: Head, body: string, reason: string | null = null): Answer => ({
  ...{ status, reason, httpVersion: '1.1', headers, body, bodyBytes: body.length },
});
const html: Head = [['Content-Type', 'text/html']];
const server = (name: string): Head => [['Server', name], ...html];
/** In the order in which Go's own server writes them. */
const go = (body: string): Head => [
  ['Date', 'Sat, 28 Nov 2026 05:00:00 GMT'],
  ['Content-Length', String(body.length)],
  ['Content-Type', 'text/plain; charset=utf-8'],
];
const ofGo = (status: number, body: string): Answer => answer(status, go(body), body);
const nginxPage = (name: string): string =>
  `<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;

/** Each could as well be another's: a name here would be a guess. */
const rows: readonly (readonly [what: string, Answer])[] = [
  ['a Go program that writes the status’ words', ofGo(500, 'Internal Server Error')],
  ['a Go program that is not ready', ofGo(503, 'Service Unavailable')],
  ['a Go program’s or Traefik’s own 404', ofGo(404, '404 page not found\n')],
  ['a page of two words', answer(403, html, 'Access denied.')],
  ['a Node program’s 502', answer(502, [['Connection', 'keep-alive']], 'Bad Gateway')],
  ['a page of one’s own behind nginx', answer(502, server('nginx'), '<html><body><h1>Ouch</h1></body></html>')],
  ['a page of one’s own behind Apache', answer(503, server('Apache'), '<h1>Service Unavailable</h1>')],
  ['a page of one’s own behind LiteSpeed', answer(503, server('LiteSpeed'), '<h1>Sorry</h1>')],
  ['a page of one’s own behind IIS', answer(500, server('Microsoft-IIS/10.0'), '<h1>Sorry</h1>')],
  ['an application’s JSON behind Caddy', answer(500, [['Server', 'Caddy']], '{"error":"x"}')],
  [
    'an empty answer that Caddy passed on (its headers are sorted)',
    answer(
      502,
      [
        ['Content-Length', '0'],
        ['Date', 'x'],
        ['Server', 'Caddy'],
      ],
      '',
    ),
  ],
  [
    'an application’s JSON behind Envoy',
    answer(
      500,
      [
        ['x-envoy-upstream-service-time', '5'],
        ['server', 'envoy'],
      ],
      '{"error":"x"}',
    ),
  ],
  [
    'an application’s page behind Varnish',
    answer(
      500,
      [
        ['Server', 'nginx'],
        ['X-Varnish', '5'],
        ['Via', '1.1 varnish (Varnish/7.1)'],
      ],
      '<h1>Oops</h1>',
    ),
  ],
  ['nothing but a status', answer(503, [['Content-Length', '0']], '')],
  [
    'Payara, whose page Tomcat’s grew from',
    answer(
      404,
      html,
      '<title>Payara Server - Error report</title><h1>HTTP Status 404 - Not Found</h1><h3>Payara Server 5</h3>',
    ),
  ],
  [
    'Cherokee, whose page looks like Apache’s',
    answer(
      404,
      server('Cherokee/1.2.104'),
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html>\n<head><title>404 Not Found</title></head><body>\n<h1>Not Found</h1>\nThe requested URL /x was not found on this server.<p><hr>\nCherokee web server 1.2.104, Port 80\n</body>\n</html>',
    ),
  ],
  ['a server built from nginx that nobody knows', answer(502, server('stgw'), nginxPage('stgw'))],
  [
    'an article that quotes an Envoy',
    answer(
      200,
      server('nginx'),
      '<h1>How to fix it</h1><pre>upstream connect error or disconnect/reset before headers. reset reason: connection failure</pre>',
    ),
  ],
  [
    'an article that quotes nginx’ and Varnish’s pages',
    answer(200, server('nginx'), '<p>&lt;hr&gt;&lt;center&gt;nginx&lt;/center&gt; or Guru Meditation: XID: 5</p>'),
  ],
];

describe('nobody is named for what another could have written', () => {
  test.each(rows)('%s', (_what, seen) => {
    expect(whoSpoke(seen).wroteBy).toMatchObject({ product: 'unknown', hop: 'unknown', confidence: 0 });
  });
});

describe('who is built from another is told from it', () => {
  const guru = (mark: string): string =>
    `<h1>Error 503 Backend fetch failed</h1>\n<p>Backend fetch failed</p>\n<h3>${mark}:</h3>\n<p>XID: 3</p>\n<hr>\n<p>Varnish cache server</p>`;
  test.each([
    [
      'varnish',
      answer(503, [...server('Varnish'), ['X-Varnish', '2']], guru('Guru Meditation'), 'Backend fetch failed'),
    ],
    [
      'fastly',
      answer(
        503,
        [...server('Varnish'), ['X-Served-By', 'cache-fra-1']],
        guru('Guru Mediation'),
        'Backend fetch failed',
      ),
    ],
    ['varnish', answer(503, [...server('Varnish'), ['X-Varnish', '2']], '', 'Backend fetch failed')],
    ['openresty', answer(502, server('nginx'), nginxPage('openresty/1.21.4.1'))],
    ['nginx', answer(502, server('cloudflare'), nginxPage('nginx/1.18.0 (Ubuntu)'))],
  ] as const)('%s', (product, seen) => {
    expect(whoSpoke(seen).wroteBy.product).toBe(product);
  });
});

describe('whoever wrote it stands behind all that passed it on', () => {
  const squid: Head = [
    ['X-Squid-Error', 'ERR_CONNECT_FAIL 111'],
    ['Via', '1.1 lab (squid/5.7)'],
    ['Server', 'ATS/9.2.9'],
    ['Age', '0'],
  ];
  const twice: Head = [
    ['Server', 'Caddy'],
    ['Server', 'squid/5.7'],
    ['Via', '1.1 lab (squid/5.7)'],
    ['X-Squid-Error', 'ERR_CONNECT_FAIL 111'],
  ];
  test.each([
    ['Traffic Server before Squid', answer(503, squid, ''), ['trafficserver', 'squid']],
    ['Caddy before Squid', answer(503, twice, ''), ['caddy', 'squid']],
  ] as const)('%s', (_what, seen, chain) => {
    expect(whoSpoke(seen).chain.map(({ product }) => product)).toEqual(chain);
  });
});
