import { beginReading } from '@farwatch/diagnosis';
import type { Figure } from '../report.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const nginxTime = (n: number): string => `2026/11/28 ${two(n % 24)}:${two(n % 60)}:${two((n * 7) % 60)}`;
const client = (n: number): string => `203.0.113.${n % 250}`;
const nginx = (n: number, message: string, upstream: string): string =>
  `${nginxTime(n)} [error] 17234#17234: *${n} ${message}, client: ${client(n)}, server: shop.example, request: "GET /cart?id=${n} HTTP/1.1", upstream: "${upstream}", host: "shop.example"`;

/** What busy gateways write down, one after the other. */
const kinds: readonly ((n: number) => string)[] = [
  (n) => nginx(n, 'connect() failed (111: Connection refused) while connecting to upstream', 'http://127.0.0.1:3000/'),
  (n) =>
    nginx(
      n,
      'upstream timed out (110: Connection timed out) while reading response header from upstream',
      'fastcgi://unix:/run/php/php8.2-fpm.sock:',
    ),
  (n) =>
    nginx(
      n,
      'upstream prematurely closed connection while reading response header from upstream',
      'http://127.0.0.1:3001/',
    ),
  (n) =>
    `${nginxTime(n)} [info] 17234#17234: *${n} client closed connection while waiting for request, client: ${client(n)}, server: 0.0.0.0:443`,
  (n) =>
    `${client(n)}:47166 [28/Nov/2026:${two(n % 24)}:${two(n % 60)}:14.313] web shop/one 0/0/0/0/30 502 373 - - SH-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"`,
  (n) =>
    `[Sat Nov 28 ${two(n % 24)}:${two(n % 60)}:05.672636 2026] [proxy:error] [pid 18184:tid 18188] (111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:42045 (127.0.0.1:42045) failed`,
  (n) =>
    `{"level":"error","ts":17958409${two(n % 100)}.046269,"logger":"http.log.error","msg":"dial tcp 127.0.0.1:33709: connect: connection refused","request":{"remote_ip":"${client(n)}","method":"GET","uri":"/"},"duration":0.0002,"status":502}`,
  (n) => `what nobody knows, ${n}`,
];

const linesAtOnce = 10_000;
const blocks = 100;
const chunkBytes = 65_536;

const heapMiB = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};

/** A million lines of eight kinds in pieces of 64 KiB: CPU of one core, and what of them stays in memory. */
export const measureLogs = async (): Promise<readonly Figure[]> => {
  const at = Date.UTC(2026, 10, 28, 4, 20);
  const text = `${Array.from({ length: linesAtOnce }, (_, n) => kinds[n % kinds.length]?.(n) ?? '').join('\n')}\n`;
  const incident = { startedAt: at, resolvedAt: at + 600_000, spans: [], looks: [{ region: 'fra', at }] };
  const heapBefore = heapMiB();
  const cpuBefore = process.cpuUsage();
  const reading = beginReading({ incident });
  let halfway = 0;
  for (let n = 0; n < blocks; n++) {
    for (let from = 0; from < text.length; from += chunkBytes) reading.push(text.slice(from, from + chunkBytes));
    if (n === blocks / 10) halfway = heapMiB();
  }
  const { lines } = reading.end();
  const { user, system } = process.cpuUsage(cpuBefore);
  return [
    { name: `log lines read (${lines}): CPU of one core`, value: (user + system) / 1e6, unit: 's', wanted: '≤ 5' },
    { name: 'held in memory after the whole', value: Math.max(0, heapMiB() - heapBefore), unit: 'MiB' },
    {
      name: 'of it grown in its last nine tenths',
      value: Math.max(0, heapMiB() - halfway),
      unit: 'MiB',
      wanted: 'flat',
    },
  ];
};
