import type { Cause } from '../causes.ts';
import type { LogFormat } from './reading.ts';

type Known = Readonly<{ format: LogFormat; cause: Cause; upstream: string | null; text: string }>;
const apache = (rest: string): string =>
  `[Sat Nov 28 04:43:05.672636 2026] [proxy:error] [pid 18184:tid 18188] ${rest}`;
const haproxy = (state: string, server = 'shop/one', status = 503): string =>
  `127.0.0.1:47166 [28/Nov/2026:04:43:14.313] web ${server} 0/0/-1/-1/1003 ${status} 217 - - ${state} 1/1/0/0/3 0/0 "GET / HTTP/1.1"`;
const caddy = (msg: string): string =>
  `{"level":"error","ts":1795840995.046269,"logger":"http.log.error","msg":${JSON.stringify(msg)},"request":{"remote_ip":"127.0.0.1","method":"GET","uri":"/"},"duration":0.0002,"status":502}`;
const fpm = (rest: string): string => `[28-Nov-2026 04:43:01] ${rest}`;

/** Lines as Debian's programs wrote them in the lab, one of each kind. */
export const logLines: readonly Known[] = [
  {
    format: 'apache',
    cause: 'origin-not-listening',
    upstream: '127.0.0.1:42045',
    text: apache(
      '(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:42045 (127.0.0.1:42045) failed',
    ),
  },
  {
    format: 'apache',
    cause: 'socket-missing',
    upstream: 'unix:/run/php/a.sock',
    text: apache(
      '(2)No such file or directory: AH02454: FCGI: attempt to connect to Unix domain socket /run/php/a.sock (*:80) failed',
    ),
  },
  {
    format: 'apache',
    cause: 'origin-timeout',
    upstream: '127.0.0.1:43159',
    text: apache(
      '(70007)The timeout specified has expired: [client 127.0.0.1:60176] AH01102: error reading status line from remote server 127.0.0.1:43159',
    ),
  },
  {
    format: 'apache',
    cause: 'origin-closed-early',
    upstream: '127.0.0.1:33241',
    text: apache(
      '(20014)Internal error (specific information not available): [client 127.0.0.1:33548] AH01102: error reading status line from remote server 127.0.0.1:33241',
    ),
  },
  {
    format: 'apache',
    cause: 'origin-reset',
    upstream: '127.0.0.1:44377',
    text: apache(
      '(104)Connection reset by peer: [client 127.0.0.1:52842] AH01102: error reading status line from remote server 127.0.0.1:44377',
    ),
  },
  {
    format: 'apache',
    cause: 'origin-invalid-response',
    upstream: '127.0.0.1:38209',
    text: apache(
      '(22)Invalid argument: [client 127.0.0.1:60848] AH01102: error reading status line from remote server 127.0.0.1:38209',
    ),
  },
  {
    format: 'apache',
    cause: 'origin-header-too-big',
    upstream: null,
    text: apache(
      "(28)No space left on device: [client 127.0.0.1:43950] AH10124: header size is over the limit allowed by ResponseFieldSize (8192 bytes). Bad response header: 'X-Big: b'",
    ),
  },
  {
    format: 'apache',
    cause: 'app-error',
    upstream: null,
    text: apache("[client 127.0.0.1:1] AH01071: Got error 'PHP message: PHP Fatal error:  Uncaught Error'"),
  },
  {
    format: 'apache',
    cause: 'no-live-upstream',
    upstream: null,
    text: apache('[client 127.0.0.1:1] AH01170: balancer://shop: All workers are in error state'),
  },
  { format: 'haproxy', cause: 'origin-not-listening', upstream: 'shop/one', text: haproxy('SC--') },
  { format: 'haproxy', cause: 'no-live-upstream', upstream: 'shop/<NOSRV>', text: haproxy('SC--', 'shop/<NOSRV>') },
  { format: 'haproxy', cause: 'origin-unreachable', upstream: 'shop/one', text: haproxy('sC--') },
  { format: 'haproxy', cause: 'origin-closed-early', upstream: 'shop/one', text: haproxy('SH--', 'shop/one', 502) },
  { format: 'haproxy', cause: 'origin-timeout', upstream: 'shop/one', text: haproxy('sH--', 'shop/one', 504) },
  { format: 'haproxy', cause: 'truncated-body', upstream: 'shop/one', text: haproxy('SD--', 'shop/one', 200) },
  { format: 'haproxy', cause: 'origin-saturated', upstream: 'shop/one', text: haproxy('sQ--') },
  { format: 'haproxy', cause: 'rate-limited', upstream: 'web/<NOSRV>', text: haproxy('PR--', 'web/<NOSRV>', 429) },
  {
    format: 'haproxy',
    cause: 'origin-not-listening',
    upstream: 'shop/one',
    text: '[WARNING]  (1) : Server shop/one is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left.',
  },
  {
    format: 'caddy',
    cause: 'origin-not-listening',
    upstream: '127.0.0.1:33709',
    text: caddy('dial tcp 127.0.0.1:33709: connect: connection refused'),
  },
  {
    format: 'caddy',
    cause: 'socket-missing',
    upstream: 'unix:/run/a.sock',
    text: caddy('dial unix /run/a.sock: connect: no such file or directory'),
  },
  {
    format: 'caddy',
    cause: 'origin-unreachable',
    upstream: '10.0.0.9:80',
    text: caddy('dial tcp 10.0.0.9:80: i/o timeout'),
  },
  {
    format: 'caddy',
    cause: 'origin-timeout',
    upstream: null,
    text: caddy('net/http: timeout awaiting response headers'),
  },
  { format: 'caddy', cause: 'origin-closed-early', upstream: null, text: caddy('EOF') },
  {
    format: 'caddy',
    cause: 'origin-reset',
    upstream: null,
    text: caddy('read tcp 127.0.0.1:36526->127.0.0.1:40303: read: connection reset by peer'),
  },
  {
    format: 'caddy',
    cause: 'origin-invalid-response',
    upstream: null,
    text: caddy('net/http: HTTP/1.x transport connection broken: malformed HTTP status code "this"'),
  },
  {
    format: 'caddy',
    cause: 'upstream-tls',
    upstream: null,
    text: caddy('tls: first record does not look like a TLS handshake'),
  },
  { format: 'caddy', cause: 'no-live-upstream', upstream: null, text: caddy('no upstreams available') },
  {
    format: 'php-fpm',
    cause: 'origin-saturated',
    upstream: 'pool www',
    text: fpm('WARNING: [pool www] server reached max_children setting (1), consider raising it'),
  },
  {
    format: 'php-fpm',
    cause: 'origin-reset',
    upstream: 'pool www',
    text: fpm('WARNING: [pool www] child 123 exited on signal 9 (SIGKILL) after 3.2 seconds from start'),
  },
  {
    format: 'php-fpm',
    cause: 'origin-timeout',
    upstream: 'pool www',
    text: fpm(
      'WARNING: [pool www] child 123, script \'/www/index.php\' (request: "GET /index.php") execution timed out (1.2 sec), terminating',
    ),
  },
  {
    format: 'php-fpm',
    cause: 'app-error',
    upstream: null,
    text: fpm('PHP Fatal error:  Uncaught Error: no in /www/index.php:3'),
  },
  {
    format: 'system',
    cause: 'origin-closed-early',
    upstream: null,
    text: '2026-11-28T04:43:01+00:00 web kernel: Out of memory: Killed process 123 (php-fpm8.2) total-vm:1kB',
  },
  {
    format: 'system',
    cause: 'origin-not-listening',
    upstream: null,
    text: '2026-11-28T04:43:01Z web systemd[1]: shop.service: Main process exited, code=killed, status=9/KILL',
  },
  {
    format: 'system',
    cause: 'origin-timeout',
    upstream: null,
    text: '[2026-11-28 04:43:01 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)',
  },
];
