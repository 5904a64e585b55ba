import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const good = {
  FARWATCH_API_URL: 'http://127.0.0.1:3000/',
  FARWATCH_REGION: 'fra',
  FARWATCH_REGION_TOKEN: 'a-token-of-the-region',
  REDIS_URL: 'redis://127.0.0.1:6379',
  FARWATCH_DATA: '/tmp/farwatch',
};

test('with what is needed and nothing else, the rest has its defaults', () => {
  expect(readConfig(good)).toMatchObject({
    apiUrl: 'http://127.0.0.1:3000',
    dataDir: '/tmp/farwatch/probe-fra',
    dialRules: { allowCidrs: [] },
    concurrency: 200,
    hostConcurrency: 8,
    controlUrls: [],
    queue: { kind: 'redis' },
    userAgent: expect.stringMatching(/^Farwatch\/0\.1 \(\+https:\/\/.+\)$/u),
  });
});
describe('a bad value stops the probe with one line that names the setting', () => {
  test.each([
    ['FARWATCH_API_URL', undefined],
    ['FARWATCH_API_URL', 'ftp://x'],
    ['FARWATCH_REGION', 'Frankfurt am Main'],
    ['FARWATCH_REGION_TOKEN', 'short'],
    ['REDIS_URL', undefined],
    ['REDIS_URL', 'http://127.0.0.1'],
    ['FARWATCH_DATA', ''],
    ['FARWATCH_ALLOW_CIDRS', '127.0.0.0/99'],
    ['FARWATCH_CONTROL_URLS', 'https://a.example/, b.example'],
    ['FARWATCH_CONTROL_URLS', Array(11).fill('https://a.example/').join()],
    ['FARWATCH_CONCURRENCY', '0'],
    ['FARWATCH_CONCURRENCY', 'many'],
    ['FARWATCH_HOST_CONCURRENCY', '0'],
    ['FARWATCH_SPOOL_MB', '1.5'],
    ['FARWATCH_CONTACT_URL', 'not a url'],
    ['FARWATCH_LOG_LEVEL', 'loud'],
  ])('%s = %s', (name, value) => {
    expect(() => readConfig({ ...good, [name]: value })).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*$`, 'u'));
  });
  test('and the token is never in it', () => {
    expect(() => readConfig({ ...good, FARWATCH_REGION_TOKEN: 'ünprintable-sécret-token' })).toThrow(/^(?!.*sécret)/u);
  });
});
