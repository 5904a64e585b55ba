import { expect, test } from 'vitest';
import { clusterAddress, queueBackend } from './backend.ts';

test.each([
  [
    { REDIS_URL: 'redis://h:1', DATABASE_URL: 'postgres://h/d' },
    { kind: 'redis', url: 'redis://h:1' },
  ],
  [{ REDIS_URL: 'rediss://u:p@h:1/2' }, { kind: 'redis', url: 'rediss://u:p@h:1/2' }],
  [{ REDIS_URL: 'redis+cluster://a:1,b:2' }, { kind: 'redis', url: 'redis+cluster://a:1,b:2' }],
  [
    { REDIS_URL: '', QUEUE_DATABASE_URL: 'postgres://probe@h/d', DATABASE_URL: 'postgres://owner@h/d' },
    { kind: 'postgres', url: 'postgres://probe@h/d', schema: 'queue' },
  ],
  [{ DATABASE_URL: 'postgresql://h/d' }, { kind: 'postgres', url: 'postgresql://h/d', schema: 'queue' }],
])('Redis is used when set, else PostgreSQL: %j', (env, backend) => expect(queueBackend(env)).toEqual(backend));

test.each([
  [{ REDIS_URL: 'http://u:secret@h:1' }, 'REDIS_URL'],
  [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
  [{ REDIS_URL: 'redis+cluster://secret@a,b' }, 'REDIS_URL'],
  [{ QUEUE_DATABASE_URL: 'mysql://u:secret@h/d' }, 'QUEUE_DATABASE_URL'],
  [{ DATABASE_URL: 'secret' }, 'DATABASE_URL'],
  [{}, 'REDIS_URL'],
])('a bad setting is named in one line that repeats no password: %j', (env, setting) => {
  expect(() => queueBackend(env)).toThrow(new RegExp(`^${setting} (?!.*secret).*$`));
});

test('a cluster URL gives its nodes and login', () => {
  expect(clusterAddress('redis+cluster://me:p%40ss@a:7000,[::1]:7001/')).toEqual({
    nodes: [
      { host: 'a', port: 7000 },
      { host: '::1', port: 7001 },
    ],
    tls: false,
    username: 'me',
    password: 'p@ss',
  });
  expect(clusterAddress('rediss+cluster://a:7000')).toEqual({ nodes: [{ host: 'a', port: 7000 }], tls: true });
  expect(clusterAddress('redis://a:7000')).toBeNull();
});
