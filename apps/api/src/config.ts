import { parseKeyring } from './keyring.ts';

/** Where a mail goes: an SMTP server, or files in a folder when none is set. */
export type MailSettings =
  | Readonly<{ kind: 'smtp'; url: string; from: string }>
  | Readonly<{ kind: 'files'; dir: string; from: string }>;
/** `from` is a number or a messaging service; a service can't call, so `voiceFrom` may be missing then. */
export type TwilioSettings = Readonly<{
  accountSid: string;
  authToken: string;
  from: string;
  voiceFrom: string | undefined;
  apiUrl: string;
}>;
export type TelegramSettings = Readonly<{ botToken: string; apiUrl: string }>;
export type RegionSetting = Readonly<{ id: string; token: string }>;

export type Config = Readonly<{
  databaseUrl: string;
  redisUrl: string | undefined;
  queueDatabaseUrl: string | undefined;
  host: string;
  port: number;
  /** Where people reach the dashboard and the API: an origin without a slash at its end. */
  publicUrl: string;
  secret: string;
  /** The text of the keyring that seals channel secrets: `parseKeyring` reads it, and has done so once already. */
  masterKey: string;
  dataDir: string;
  mail: MailSettings;
  /** Whom to tell what concerns the installation and no organisation: a dark region. */
  operatorEmail: string | undefined;
  twilio: TwilioSettings | undefined;
  telegram: TelegramSettings | undefined;
  slackApiUrl: string;
  /** Where Discord's webhooks are, when they are reached by another host; absent: Discord's own. */
  discordOrigins?: readonly string[];
  /** Comma-separated CIDRs, as typed; the checker's parser reads them. */
  allowCidrs: string;
  regions: readonly RegionSetting[];
  logLevel: LogLevel;
  webDir: string;
  /** Proxies whose X-Forwarded-For is believed: addresses, CIDRs or the words `loopback`, `uniquelocal`. */
  trustProxy: readonly string[];
  limits: Limits;
}>;
/** Requests of one key or session a minute; tries at sign-in, sign-up and reset of one address a minute. */
export type Limits = Readonly<{ requestsPerMinute: number; signInsPerMinute: number }>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A setting that can't be used. The message is one line that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
const fault = (setting: string, text: string): ConfigError => new ConfigError(`${setting} ${text}`);

type Env = Readonly<Record<string, string | undefined>>;
const given = (env: Env, name: string): string | undefined => {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
};

const needed = (env: Env, name: string, what: string): string => {
  const value = given(env, name);
  if (value === undefined) throw fault(name, `is not set: ${what}`);
  return value;
};

const integer = (env: Env, name: string, fallback: number, min: number, max: number): number => {
  const text = given(env, name);
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw fault(name, `must be a whole number from ${min} to ${max}, not "${text}"`);
  return value;
};

/** A URL may carry a password, so a bad one is never repeated in the message. */
const url = (name: string, text: string, schemes: readonly string[]): string => {
  const parsed = URL.parse(text);
  if (parsed === null || !schemes.includes(parsed.protocol))
    throw fault(name, `must be a URL that starts with ${schemes.map((s) => `${s}//`).join(' or ')}`);
  return text;
};

const optionalUrl = (env: Env, name: string, schemes: readonly string[]): string | undefined => {
  const text = given(env, name);
  return text === undefined ? undefined : url(name, text, schemes);
};

const origin = (env: Env, port: number): string => {
  const name = 'FARWATCH_URL';
  const parsed = new URL(url(name, given(env, name) ?? `http://127.0.0.1:${port}`, ['http:', 'https:']));
  if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '')
    throw fault(name, 'must be an origin alone, like https://watch.example.com, without path or credentials');
  return parsed.origin;
};

const regions = (env: Env): readonly RegionSetting[] => {
  const name = 'FARWATCH_REGIONS';
  const list = (given(env, name) ?? '').split(',').filter((part) => part.trim() !== '');
  const parsed = list.map((part): RegionSetting => {
    const [id = '', ...token] = part.trim().split(':');
    if (!/^[a-z][a-z0-9-]{0,31}$/u.test(id))
      throw fault(name, `must look like "fra:token,iad:token"; "${id}" is no region`);
    if (token.join(':').length < 16) throw fault(name, `has a token of less than 16 characters for "${id}"`);
    return { id, token: token.join(':') };
  });
  if (new Set(parsed.map(({ id }) => id)).size < parsed.length) throw fault(name, 'names a region twice');
  if (new Set(parsed.map(({ token }) => token)).size < parsed.length) throw fault(name, 'gives two regions one token');
  return parsed;
};

const mail = (env: Env, dataDir: string): MailSettings => {
  const from = given(env, 'MAIL_FROM') ?? 'Farwatch <farwatch@localhost>';
  if (!/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/u.test(from))
    throw fault('MAIL_FROM', 'must be a mail address, "Name <a@b>" or "a@b"');
  const smtpUrl = optionalUrl(env, 'SMTP_URL', ['smtp:', 'smtps:']);
  return smtpUrl === undefined ? { kind: 'files', dir: `${dataDir}/mail`, from } : { kind: 'smtp', url: smtpUrl, from };
};

const secret = (env: Env): string => {
  const value = needed(env, 'FARWATCH_SECRET', 'give it at least 32 random characters and keep them');
  if (value.length < 32) throw fault('FARWATCH_SECRET', 'must have at least 32 characters');
  return value;
};

const masterKey = (env: Env): string => {
  const value = needed(env, 'FARWATCH_MASTER_KEY', 'give it 32 random bytes in base64 and keep them');
  try {
    parseKeyring(value);
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error)); // one line that names it, by its contract
  }
  return value;
};

const operatorEmail = (env: Env): string | undefined => {
  const value = given(env, 'FARWATCH_OPERATOR_EMAIL');
  if (value !== undefined && !/^[^\s<>@]+@[^\s<>@]+$/u.test(value))
    throw fault('FARWATCH_OPERATOR_EMAIL', 'must be a mail address like ops@example.com');
  return value;
};

/** A provider's address without a slash at its end; a proxy or a stand-in may have a path. */
const apiUrl = (env: Env, name: string, fallback: string): string => {
  const parsed = new URL(url(name, given(env, name) ?? fallback, ['https:', 'http:']));
  if (parsed.search !== '' || parsed.hash !== '' || parsed.username !== '' || parsed.password !== '')
    throw fault(name, 'must be a URL without credentials, query or fragment');
  return parsed.href.replace(/\/+$/u, '');
};

const phoneNumber = /^\+[1-9]\d{6,14}$/u;

const twilio = (env: Env): TwilioSettings | undefined => {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const;
  const [accountSid, authToken, from] = names.map((name) => given(env, name));
  const voiceFrom = given(env, 'TWILIO_VOICE_FROM');
  if ([accountSid, authToken, from, voiceFrom].every((value) => value === undefined)) return undefined;
  if (accountSid === undefined || authToken === undefined || from === undefined) {
    const missing = names.filter((name) => given(env, name) === undefined);
    throw fault(
      missing.join(' and '),
      `${missing.length > 1 ? 'are' : 'is'} not set: SMS and calls need ${names.join(', ')}`,
    );
  }
  if (!/^AC[\da-f]{32}$/iu.test(accountSid)) throw fault('TWILIO_ACCOUNT_SID', 'must be AC and 32 hex digits');
  if (!phoneNumber.test(from) && !/^MG[\da-f]{32}$/iu.test(from))
    throw fault('TWILIO_FROM', 'must be a number like +15005550006 or a messaging service, MG and 32 hex digits');
  if (voiceFrom !== undefined && !phoneNumber.test(voiceFrom))
    throw fault('TWILIO_VOICE_FROM', 'must be a number like +15005550006');
  return {
    accountSid,
    authToken,
    from,
    voiceFrom: voiceFrom ?? (phoneNumber.test(from) ? from : undefined),
    apiUrl: apiUrl(env, 'TWILIO_API_URL', 'https://api.twilio.com'),
  };
};

/** The token becomes part of a path, so its form is looked at. */
const telegram = (env: Env): TelegramSettings | undefined => {
  const botToken = given(env, 'TELEGRAM_BOT_TOKEN');
  if (botToken === undefined) return undefined;
  if (!/^\d+:[\w-]{16,}$/u.test(botToken)) throw fault('TELEGRAM_BOT_TOKEN', 'must look like BotFather’s 123456:ABC-…');
  return { botToken, apiUrl: apiUrl(env, 'TELEGRAM_API_URL', 'https://api.telegram.org') };
};

const logLevel = (env: Env): LogLevel => {
  const text = given(env, 'FARWATCH_LOG_LEVEL') ?? 'info';
  const level = logLevels.find((known) => known === text);
  if (level === undefined) throw fault('FARWATCH_LOG_LEVEL', `must be one of ${logLevels.join(', ')}, not "${text}"`);
  return level;
};

const postgres = ['postgres:', 'postgresql:'];
const databaseUrl = (env: Env): string =>
  url('DATABASE_URL', needed(env, 'DATABASE_URL', 'the PostgreSQL database to use'), postgres);

/** All that changing the master key needs. Throws like `parseConfig`. */
export const parseRotation = (env: Env): Pick<Config, 'databaseUrl' | 'masterKey'> => ({
  databaseUrl: databaseUrl(env),
  masterKey: masterKey(env),
});

const discordOrigins = (env: Env): Pick<Config, 'discordOrigins'> => {
  const name = 'DISCORD_API_ORIGINS';
  const texts = given(env, name)?.split(',');
  if (texts === undefined) return {};
  return { discordOrigins: texts.map((text) => new URL(url(name, text.trim(), ['http:', 'https:'])).origin) };
};

/** Reads the environment of api and worker. Throws a ConfigError of one line that names the setting. */
export const parseConfig = (env: Env): Config => {
  const port = integer(env, 'FARWATCH_PORT', 3000, 0, 65_535);
  const dataDir = given(env, 'FARWATCH_DATA') ?? '.farwatch';
  return {
    databaseUrl: databaseUrl(env),
    redisUrl: optionalUrl(env, 'REDIS_URL', ['redis:', 'rediss:', 'redis+cluster:']),
    queueDatabaseUrl: optionalUrl(env, 'QUEUE_DATABASE_URL', postgres),
    host: given(env, 'FARWATCH_HOST') ?? '127.0.0.1',
    port,
    publicUrl: origin(env, port),
    secret: secret(env),
    masterKey: masterKey(env),
    dataDir,
    mail: mail(env, dataDir),
    operatorEmail: operatorEmail(env),
    twilio: twilio(env),
    telegram: telegram(env),
    ...discordOrigins(env),
    slackApiUrl: `${apiUrl(env, 'SLACK_API_URL', 'https://slack.com/api')}/`,
    allowCidrs: given(env, 'FARWATCH_ALLOW_CIDRS') ?? '',
    regions: regions(env),
    logLevel: logLevel(env),
    webDir: given(env, 'FARWATCH_WEB_DIR') ?? 'apps/web/dist',
    trustProxy: (given(env, 'FARWATCH_TRUST_PROXY') ?? 'loopback').split(',').map((part) => part.trim()),
    limits: {
      requestsPerMinute: integer(env, 'FARWATCH_REQUEST_LIMIT', 600, 1, 1_000_000),
      signInsPerMinute: integer(env, 'FARWATCH_SIGN_IN_LIMIT', 10, 1, 1_000_000),
    },
  };
};
