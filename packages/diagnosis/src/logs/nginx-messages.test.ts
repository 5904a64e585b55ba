import { describe, expect, test } from 'vitest';
import type { Cause } from '../causes.ts';
import { nginxFacts } from './nginx-facts.fixture.ts';
import { isKnownToNginx, nginxLine } from './nginx-line.ts';

const line = (message: string, upstream = 'http://127.0.0.1:3000/'): string =>
  `2026/11/28 04:43:01 [error] 1#1: *2 ${message}, client: 203.0.113.9, server: , request: "GET / HTTP/1.1", upstream: "${upstream}", host: "shop.example"`;

describe('what nginx says of an upstream', () => {
  test.each(nginxFacts)('%s', (fact) => {
    expect(isKnownToNginx(fact)).toBe(true);
  });
  test('is far more than a handful', () => {
    expect(nginxFacts.length).toBeGreaterThan(110);
  });
  test('and what it says of nothing is not taken for anything', () => {
    expect(isKnownToNginx('the weather is fine')).toBe(false);
  });
});

const causes: readonly (readonly [message: string, cause: Cause | null])[] = [
  ['connect() failed (111: Connection refused) while connecting to upstream', 'origin-not-listening'],
  [
    'connect() to unix:/run/a.sock failed (2: No such file or directory) while connecting to upstream',
    'socket-missing',
  ],
  ['connect() to unix:/run/a.sock failed (13: Permission denied) while connecting to upstream', 'socket-permission'],
  [
    'connect() to unix:/run/a.sock failed (11: Resource temporarily unavailable) while connecting to upstream',
    'origin-saturated',
  ],
  ['connect() to 10.0.0.9:80 failed (13: Permission denied) while connecting to upstream', 'gateway-config'],
  ['connect() failed (113: No route to host) while connecting to upstream', 'origin-unreachable'],
  ['upstream prematurely closed connection while reading response header from upstream', 'origin-closed-early'],
  ['upstream prematurely closed connection while reading upstream', 'truncated-body'],
  ['recv() failed (104: Connection reset by peer) while reading response header from upstream', 'origin-reset'],
  ['recv() failed (104: Connection reset by peer) while waiting for request', null],
  ['upstream sent too big header while reading response header from upstream', 'origin-header-too-big'],
  ['upstream sent no valid HTTP/1.0 header while reading response header from upstream', 'origin-invalid-response'],
  ['upstream sent invalid header: "a\\x20..." while reading response header from upstream', 'origin-invalid-response'],
  ['upstream sent more data than specified in "Content-Length" header while reading upstream', 'compression-or-length'],
  ['upstream timed out (110: Connection timed out) while connecting to upstream', 'origin-unreachable'],
  ['upstream timed out (110: Connection timed out) while reading response header from upstream', 'origin-timeout'],
  ['no live upstreams while connecting to upstream', 'no-live-upstream'],
  ['shop.example could not be resolved (3: Host not found)', 'upstream-dns'],
  ['SSL_do_handshake() failed (SSL: error:0A00010B) while SSL handshaking to upstream', 'upstream-tls'],
  ['limiting requests, excess: 0.990 by zone "z"', 'rate-limited'],
  ['limiting requests, dry run, excess: 0.990 by zone "z"', null],
  ['auth request unexpected status: 502 while sending to client', 'gateway-dependency'],
  ['64 worker_connections are not enough while connecting to upstream', 'gateway-overloaded'],
  [
    'FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error" while reading response header from upstream',
    'app-error',
  ],
  ['FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream', 'not-found'],
  [
    'upstream timed out (110: Connection timed out) while reading response header from upstream, subrequest: "/auth"',
    'gateway-dependency',
  ],
];

describe('the cause that a line names', () => {
  test.each(causes)('%s', (message, cause) => {
    expect(nginxLine(line(message))?.cause).toBe(cause);
  });
  test.each([
    ['http://127.0.0.1:3000/', '127.0.0.1:3000'],
    ['fastcgi://unix:/run/php/php8.2-fpm.sock:', 'unix:/run/php/php8.2-fpm.sock'],
    ['https://[2001:db8::7]:8443/a', '[2001:db8::7]:8443'],
    ['http://backend.internal/x?y', 'backend.internal'],
  ])('%s is where it was going', (written, upstream) => {
    expect(nginxLine(line('no live upstreams', written))?.upstream).toBe(upstream);
  });
  test('its time is read as UTC, after whatever a container put before it', () => {
    const at = Date.UTC(2026, 10, 28, 4, 43, 1);
    expect(nginxLine(line('x'))?.at).toBe(at);
    expect(nginxLine(`nginx-1  | ${line('x')}`)?.at).toBe(at);
    expect(nginxLine(`Nov 28 04:43:01 web nginx: ${line('x')}`)?.at).toBe(at);
  });
});
