import { expect, test } from 'vitest';
import { kindOfText, sorter } from './kind-of-text.ts';
import { recorded } from './recorded.fixture.ts';

test.each(['curl-i', 'curl-v', 'curl-100', 'curl-I', 'wget-S', 'wget', 'refused'] as const)('%s is a page', (name) =>
  expect(kindOfText(recorded[name])).toBe('page'),
);

const logs = [
  '2026/11/28 04:00:00 [error] 123#123: *1 connect() failed (111: Connection refused) while connecting to upstream',
  '[Sat Nov 28 04:00:00.123456 2026] [proxy:error] [pid 1:tid 2] (111)Connection refused: AH00957: HTTP: attempt failed',
  '[Sat Nov 28 04:00:00 2026] [error] [client 192.0.2.1] proxy: Error reading from remote server',
  'Nov 28 04:00:00 web haproxy[123]: 192.0.2.1:5000 [28/Nov/2026:04:00:00.000] f b/<NOSRV> 0/-1/-1/-1/0 503 0 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
  '2026-11-28T04:00:00+00:00 web haproxy[123]: Server b/s1 is DOWN',
  '192.0.2.1:5000 [28/Nov/2026:04:00:00.000] f b/<NOSRV> 0/-1/-1/-1/0 503 0 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
  '[28-Nov-2026 04:00:00] WARNING: [pool www] server reached pm.max_children setting (5)',
  '{"level":"error","ts":1764302400.1,"logger":"http.log.error","msg":"dial tcp 127.0.0.1:3000: connect: connection refused"}',
  '192.0.2.1 - - [28/Nov/2026:04:00:00 +0000] "GET / HTTP/1.1" 502 150 "-" "-"',
  '2026-11-28 05:09:58: (gw_backend.c.274) establishing connection failed: socket: tcp:127.0.0.1:1: Connection refused',
  '2026/11/28 05:10:08 kid1| Set Current Directory to /var/spool/squid',
  'Error: Child (27407) Pushing vcls failed',
  'web-1  | 2026/11/28 04:00:00 [error] 1#1: *1 upstream prematurely closed connection',
];
test.each(logs)('a log: %s', (line) => expect(kindOfText(line)).toBe('log'));

test.each(['502 Bad Gateway', '<p>Proxy Error</p>', '{"message":"x"}', 'hello'])('%s does not say itself', (text) =>
  expect(kindOfText(text)).toBe('other'),
);
test('a page and log lines in one paste are told apart line by line', () => {
  const text = `HTTP/1.1 502 Bad Gateway\nServer: nginx\n\n<html>\n<b>x</b>\n${logs[0]}\nPHP message: more\nHTTP/1.1 200 OK`;
  expect(kindOfText(text)).toBe('both');
  expect(text.split('\n').map(sorter())).toEqual(['page', 'page', 'page', 'page', 'page', 'log', 'log', 'page']);
});
