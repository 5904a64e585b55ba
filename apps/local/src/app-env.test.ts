import { expect, test } from 'vitest';
import { houseEnv, probeEnv } from './app-env.ts';
import { readSettings } from './settings.ts';

const secrets = {
  id: 'id',
  secret: 'the-secret',
  regionToken: 'the-token',
  superuserPassword: 'super',
  databasePassword: 'owner',
  probeQueuePassword: 'probe',
  redisPassword: 'redis',
  masterKey: 'the-master-key',
};
const services = {
  port: 3999,
  databaseUrl: 'postgres://farwatch:owner@127.0.0.1:5000/farwatch',
  redisUrl: null,
  queueDatabaseUrl: 'postgres://farwatch:owner@127.0.0.1:5000/farwatch',
  probeQueueUrl: 'postgres://farwatch_probe:probe@127.0.0.1:5000/farwatch',
};
const surroundings = {
  PATH: '/bin',
  SMTP_URL: 'smtp://u:mail-password@h',
  FARWATCH_SECRET: 'their-own-secret',
  FARWATCH_ALLOW_CIDRS: '127.0.0.0/8',
  FARWATCH_REGIONS: 'fra:another-token',
  FARWATCH_HOST_CONCURRENCY: '4',
  PROBE_PROCESSES: 'auto',
  TWILIO_AUTH_TOKEN: 'twilio-token',
  TELEGRAM_BOT_TOKEN: 'telegram-token',
  SLACK_API_URL: 'http://slack-proxy/api/',
  AWS_SECRET_ACCESS_KEY: 'not-ours',
};

test('the probe is given its queue and its token, and no other secret', () => {
  const env = probeEnv(readSettings(surroundings, '/clone'), secrets, services);
  expect(env).toMatchObject({
    FARWATCH_API_URL: 'http://127.0.0.1:3999',
    FARWATCH_REGION: 'local',
    FARWATCH_REGION_TOKEN: 'the-token',
    FARWATCH_ALLOW_CIDRS: '127.0.0.0/8',
    FARWATCH_HOST_CONCURRENCY: '4',
    PROBE_PROCESSES: 'auto',
    QUEUE_DATABASE_URL: services.probeQueueUrl,
  });
  const told = Object.values(env).join(' ');
  const houses = ['owner', 'the-secret', 'their-own-secret', 'mail-password', 'another-token', 'the-master-key'];
  for (const secret of [...houses, 'twilio-token', 'telegram-token', 'slack-proxy', 'not-ours']) {
    expect(told).not.toContain(secret);
  }
});

test('api and worker know their region beside those that were set, and keep a secret of one’s own', () => {
  const env = houseEnv(readSettings(surroundings, '/clone'), secrets, services);
  expect(env).toMatchObject({
    FARWATCH_REGIONS: 'local:the-token,fra:another-token',
    FARWATCH_SECRET: 'their-own-secret',
    FARWATCH_URL: 'http://127.0.0.1:3999',
    DATABASE_URL: services.databaseUrl,
    SMTP_URL: surroundings.SMTP_URL,
    TWILIO_AUTH_TOKEN: 'twilio-token',
    TELEGRAM_BOT_TOKEN: 'telegram-token',
    SLACK_API_URL: 'http://slack-proxy/api/',
    FARWATCH_MASTER_KEY: 'the-master-key',
  });
  expect(env.AWS_SECRET_ACCESS_KEY).toBeUndefined();
  expect(env.REDIS_URL).toBeUndefined();
});

test('a master key of one’s own takes the place of the one made here, and an empty one does not', () => {
  const keyFor = (env: Readonly<Record<string, string>>) =>
    houseEnv(readSettings(env, '/clone'), secrets, services).FARWATCH_MASTER_KEY;
  expect(keyFor({ FARWATCH_MASTER_KEY: 'their-own-key' })).toBe('their-own-key');
  expect(keyFor({ FARWATCH_MASTER_KEY: ' ' })).toBe('the-master-key');
  const probe = probeEnv(readSettings({ FARWATCH_MASTER_KEY: 'their-own-key' }, '/clone'), secrets, services);
  expect(Object.values(probe)).not.toContain('their-own-key');
});

test('a Redis set for something else is not handed on when the queue is PostgreSQL', () => {
  const settings = readSettings({ REDIS_URL: 'redis://h', FARWATCH_QUEUE: 'postgres' }, '/clone');
  expect(houseEnv(settings, secrets, services).REDIS_URL).toBeUndefined();
});
