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
    processes: 1,
    share: null,
    dataDir: '/tmp/farwatch/probe-fra',
    dialRules: { allowCidrs: [] },
    concurrency: 200,
    hostConcurrency: 8,
    controlUrls: [],
    queue: { kind: 'redis' },
    userAgent: expect.stringMatching(/^Farwatch\/0\.1 \(\+https:\/\/.+\)$/u),
  });
});
test.each([
  ['3', 8, 3],
  ['auto', 8, 8],
  ['auto', 256, 64],
])('PROBE_PROCESSES=%s on %i cores are %i processes', (text, cores, processes) => {
  expect(readConfig({ ...good, PROBE_PROCESSES: text }, cores).processes).toBe(processes);
});
test('one of several has its own folder and its part of what a host and the disk have for all', () => {
  const env = { ...good, PROBE_PROCESSES: '4', FARWATCH_PROBE_SHARE: '2/4' };
  expect(readConfig(env)).toMatchObject({
    processes: 1,
    share: { index: 2, of: 4 },
    regionDir: '/tmp/farwatch/probe-fra',
    dataDir: '/tmp/farwatch/probe-fra/share-2-of-4',
    concurrency: 200,
    hostConcurrency: 2,
    spoolBytes: 128 * 1_024 * 1_024,
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
    ['PROBE_PROCESSES', '0'],
    ['PROBE_PROCESSES', '65'],
    ['PROBE_PROCESSES', 'all'],
    ['FARWATCH_PROBE_SHARE', '4/4'],
    ['FARWATCH_PROBE_SHARE', ''],
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
