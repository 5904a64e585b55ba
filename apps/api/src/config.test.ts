import { expect, test } from 'vitest';
import { ConfigError, parseConfig, parseRotation } from './config.ts';

const good = {
  DATABASE_URL: 'postgres://u:hunter2@db/farwatch',
  FARWATCH_SECRET: 'x'.repeat(32),
  FARWATCH_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const telegramToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const sid = (kind: string): string => kind + '0123456789abcdef'.repeat(2);
const twilio = { TWILIO_ACCOUNT_SID: sid('AC'), TWILIO_AUTH_TOKEN: 'hunter2', TWILIO_FROM: '+15005550006' };

test('with nothing but a database and a secret everything has a good default', () => {
  expect(parseConfig(good)).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    mail: { kind: 'files', dir: '.farwatch/mail' },
    regions: [],
    logLevel: 'info',
    redisUrl: undefined,
    operatorEmail: undefined,
    twilio: undefined,
    telegram: undefined,
    slackApiUrl: 'https://slack.com/api/',
  });
});

test('an empty setting is one that was not set', () => {
  const names = ['REDIS_URL', 'FARWATCH_PORT', 'FARWATCH_OPERATOR_EMAIL', 'TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_URL'];
  const providers = ['TWILIO_VOICE_FROM', 'TWILIO_API_URL', 'SLACK_API_URL', ...Object.keys(twilio)];
  const empty = Object.fromEntries([...names, ...providers].map((name) => [name, '']));
  expect(parseConfig({ ...good, ...empty, SMTP_URL: ' ' })).toEqual(parseConfig(good));
});

test('Twilio calls from the number it writes from, unless that is a service or another one is given', () => {
  const apiUrl = 'https://api.twilio.com';
  const common = { accountSid: sid('AC'), authToken: 'hunter2', apiUrl };
  const read = (env: object) => parseConfig({ ...good, ...twilio, ...env }).twilio;
  expect(read({})).toEqual({ ...common, from: '+15005550006', voiceFrom: '+15005550006' });
  expect(read({ TWILIO_FROM: sid('MG') })).toEqual({ ...common, from: sid('MG'), voiceFrom: undefined });
  expect(read({ TWILIO_FROM: sid('MG'), TWILIO_VOICE_FROM: '+442071838750' })?.voiceFrom).toBe('+442071838750');
});

test('where the providers answer can be set, with or without a slash at the end', () => {
  for (const end of ['', '/']) {
    const urls = { SLACK_API_URL: `http://127.0.0.1:9/slack/api${end}`, TELEGRAM_API_URL: `http://127.0.0.1:9${end}` };
    const env = {
      ...good,
      ...twilio,
      ...urls,
      TWILIO_API_URL: `http://h/twilio${end}`,
      TELEGRAM_BOT_TOKEN: telegramToken,
    };
    expect(parseConfig(env)).toMatchObject({
      slackApiUrl: 'http://127.0.0.1:9/slack/api/',
      telegram: { botToken: telegramToken, apiUrl: 'http://127.0.0.1:9' },
      twilio: { apiUrl: 'http://h/twilio' },
    });
  }
});

test('half of Twilio’s settings is refused with the names of the other half', () => {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = twilio;
  const why = 'SMS and calls need TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM';
  expect(() => parseConfig({ ...good, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN })).toThrow(
    new ConfigError(`TWILIO_FROM is not set: ${why}`),
  );
  expect(() => parseConfig({ ...good, TWILIO_AUTH_TOKEN })).toThrow(
    new ConfigError(`TWILIO_ACCOUNT_SID and TWILIO_FROM are not set: ${why}`),
  );
  expect(() => parseConfig({ ...good, TWILIO_VOICE_FROM: '+15005550006' })).toThrow(/^TWILIO_ACCOUNT_SID and .* are/u);
});

test('changing the master key asks for the database and the keys, and for nothing else', () => {
  const { DATABASE_URL, FARWATCH_MASTER_KEY } = good;
  expect(parseRotation({ DATABASE_URL, FARWATCH_MASTER_KEY })).toEqual({
    databaseUrl: DATABASE_URL,
    masterKey: FARWATCH_MASTER_KEY,
  });
  expect(() => parseRotation({ DATABASE_URL })).toThrow(/^FARWATCH_MASTER_KEY is not set/u);
  expect(() => parseRotation({ FARWATCH_MASTER_KEY })).toThrow(/^DATABASE_URL is not set/u);
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
  ['FARWATCH_MASTER_KEY', undefined],
  ['FARWATCH_MASTER_KEY', 'hunter2'],
  ['FARWATCH_MASTER_KEY', 'hunter2:hunter2'],
  ['FARWATCH_OPERATOR_EMAIL', 'hunter2'],
  ['FARWATCH_OPERATOR_EMAIL', 'a@b\r\nBcc: c@d'],
  ['TWILIO_ACCOUNT_SID', 'hunter2'],
  ['TWILIO_FROM', '0170 hunter2'],
  ['TWILIO_VOICE_FROM', `MG${'0'.repeat(32)}`],
  ['TWILIO_API_URL', 'ftp://hunter2'],
  ['TWILIO_API_URL', 'https://u:hunter2@h'],
  ['TELEGRAM_BOT_TOKEN', 'hunter2'],
  ['TELEGRAM_BOT_TOKEN', '1:hunter2/../hunter2/hunter2'],
  ['TELEGRAM_API_URL', 'hunter2'],
  ['SLACK_API_URL', 'https://slack.com/api?token=hunter2'],
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
  const providers = { ...twilio, TELEGRAM_BOT_TOKEN: telegramToken };
  const read = () => parseConfig({ ...good, ...providers, [name]: value });
  expect(read).toThrow(ConfigError);
  try {
    read();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    expect(message.startsWith(`${name} `)).toBe(true);
    expect(message).not.toMatch(/hunter2|\n/u);
  }
});
