import { type Sample, sample } from './sample.fixture.ts';

/** Recorded from Debian nghttp2-proxy 1.52.0: what it sent, how long it took (timeouts set to 2 s), and what was done to it. */
export const nghttpxSamples: readonly Sample[] = [
  sample(
    'nghttpx',
    'a dead origin',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: nghttpx\nContent-Length: 129\nDate: Sat, 28 Nov 2026 04:49:08 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1><footer>nghttpx</footer></body></html>',
    ['origin-not-listening'],
  ),
  sample(
    'nghttpx',
    'a silent origin',
    2002,
    'HTTP/1.1 504 Gateway Timeout\nServer: nghttpx\nContent-Length: 137\nDate: Sat, 28 Nov 2026 04:49:10 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>504 Gateway Timeout</title><body><h1>504 Gateway Timeout</h1><footer>nghttpx</footer></body></html>',
    ['origin-timeout'],
  ),
  sample(
    'nghttpx',
    'an origin that closes',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: nghttpx\nContent-Length: 129\nDate: Sat, 28 Nov 2026 04:49:10 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1><footer>nghttpx</footer></body></html>',
    ['origin-closed-early'],
  ),
  sample(
    'nghttpx',
    'an origin with huge headers',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: nghttpx\nContent-Length: 129\nDate: Sat, 28 Nov 2026 04:49:10 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1><footer>nghttpx</footer></body></html>',
    ['origin-header-too-big'],
  ),
  sample(
    'nghttpx',
    'an origin that dies after 1.3 s',
    1301,
    'HTTP/1.1 502 Bad Gateway\nServer: nghttpx\nContent-Length: 129\nDate: Sat, 28 Nov 2026 04:49:11 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1><footer>nghttpx</footer></body></html>',
    ['origin-closed-early'],
  ),
  sample(
    'nghttpx',
    'an origin that drops SYN',
    2002,
    'HTTP/1.1 504 Gateway Timeout\nServer: nghttpx\nContent-Length: 137\nDate: Sat, 28 Nov 2026 04:49:13 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>504 Gateway Timeout</title><body><h1>504 Gateway Timeout</h1><footer>nghttpx</footer></body></html>',
    ['origin-unreachable'],
  ),
  sample(
    'nghttpx',
    'huge request headers',
    0,
    'HTTP/1.1 431 Request Header Fields Too Large\nServer: nghttpx\nContent-Length: 169\nDate: Sat, 28 Nov 2026 04:49:13 GMT\nContent-Type: text/html; charset=UTF-8\nConnection: close',
    '<!DOCTYPE html><html lang="en"><title>431 Request Header Fields Too Large</title><body><h1>431 Request Header Fields Too Large</h1><footer>nghttpx</footer></body></html>',
    ['request-too-large'],
  ),
];
