import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

const good = { DATABASE_URL: 'postgres://u:hunter2@db/farwatch', FARWATCH_SECRET: 'x'.repeat(32) };

test('with nothing but a database and a secret everything has a good default', () => {
  expect(parseConfig(good)).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    mail: { kind: 'files', dir: '.farwatch/mail' },
    regions: [],
    logLevel: 'info',
    redisUrl: undefined,
  });
});

test('an empty setting is one that was not set', () => {
  expect(parseConfig({ ...good, REDIS_URL: '', SMTP_URL: ' ', FARWATCH_PORT: '' })).toEqual(parseConfig(good));
});

test('regions are read with their tokens, and a token may hold colons', () => {
  const { regions } = parseConfig({ ...good, FARWATCH_REGIONS: 'fra:0123456789abcdef, iad:a:b:0123456789abcdef' });
  expect(regions).toEqual([
    { id: 'fra', token: '0123456789abcdef' },
    { id: 'iad', token: 'a:b:0123456789abcdef' },
  ]);
});

test.each([
  ['DATABASE_URL', undefined],
  ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
  ['DATABASE_URL', 'not a url with hunter2'],
  ['REDIS_URL', 'http://hunter2@redis'],
  ['QUEUE_DATABASE_URL', 'redis://hunter2@redis'],
  ['FARWATCH_SECRET', undefined],
  ['FARWATCH_SECRET', 'hunter2'],
  ['FARWATCH_PORT', '70000'],
  ['FARWATCH_PORT', '3e3'],
  ['FARWATCH_URL', 'watch.example.com'],
  ['FARWATCH_URL', 'https://watch.example.com/sub'],
  ['FARWATCH_REGIONS', 'Fra:0123456789abcdef'],
  ['FARWATCH_REGIONS', 'fra:hunter2'],
  ['FARWATCH_REGIONS', 'fra:0123456789abcdef,fra:0123456789abcdeg'],
  ['FARWATCH_REGIONS', 'fra:0123456789abcdef,iad:0123456789abcdef'],
  ['SMTP_URL', 'mail.example.com:hunter2'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'a <a@b>\r\nBcc: c@d'],
  ['FARWATCH_LOG_LEVEL', 'loud'],
])('%s=%s is refused in one line that names it and repeats no secret', (name, value) => {
  const read = () => parseConfig({ ...good, [name]: value });
  expect(read).toThrow(ConfigError);
  try {
    read();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    expect(message.startsWith(`${name} `)).toBe(true);
    expect(message).not.toMatch(/hunter2|\n/u);
  }
});
