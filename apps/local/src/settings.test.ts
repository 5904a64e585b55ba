import { expect, test } from 'vitest';
import { isLoopback, localUrl, readSettings } from './settings.ts';

test('with nothing set, everything stays below the clone and on loopback', () => {
  expect(readSettings({}, '/srv/clone')).toMatchObject({
    dataDir: '/srv/clone/.farwatch',
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: null,
    redisUrl: null,
    queue: 'any',
    hasSmtp: false,
  });
});

test('an empty setting is as good as none', () => {
  expect(readSettings({ DATABASE_URL: ' ', FARWATCH_PORT: '', SMTP_URL: '' }, '/x')).toMatchObject({
    databaseUrl: null,
    port: 3000,
    hasSmtp: false,
  });
});

test('a relative data folder lies below the clone, wherever one stands', () => {
  expect(readSettings({ FARWATCH_DATA: 'elsewhere' }, '/srv/clone').dataDir).toBe('/srv/clone/elsewhere');
});

test.for([
  ['FARWATCH_PORT', '65536'],
  ['FARWATCH_PORT', '3e3'],
  ['FARWATCH_QUEUE', 'nats'],
  ['DATABASE_URL', 'mysql://u:hush@h/x'],
  ['QUEUE_DATABASE_URL', 'hush'],
  ['REDIS_URL', 'http://:hush@h'],
  ['FARWATCH_URL', 'ftp://x'],
] as const)('a bad %s is refused by name and its value, which may hold a password, stays unsaid', ([name, value]) => {
  const read = () => readSettings({ [name]: value }, '/x');
  expect(read).toThrow(name);
  expect(read).not.toThrow(/hush/);
});

test('a Redis Cluster URL is left to the queue to judge', () => {
  const REDIS_URL = 'redis+cluster://a:1,b:2';
  expect(readSettings({ REDIS_URL }, '/x').redisUrl).toBe(REDIS_URL);
});

test('this machine reaches a server on every address through loopback', () => {
  expect(localUrl('0.0.0.0', 1)).toBe('http://127.0.0.1:1');
  expect(localUrl('::', 1)).toBe('http://[::1]:1');
  expect(localUrl('10.0.0.5', 1)).toBe('http://10.0.0.5:1');
});

test('only loopback counts as closed to other machines', () => {
  expect(['127.0.0.1', '127.8.8.8', '::1', 'localhost'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.5', 'example.com'].some(isLoopback)).toBe(false);
});
