import { type DialRules, parseDialRules } from '@farwatch/checker';
import { deliveries as deliveriesQueue } from '@farwatch/contracts';
import { type Mailer, openMailer } from '@farwatch/notifiers';
import { openProducer, type Producer, pingQueue, type QueueBackend, queueBackend } from '@farwatch/queue';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { type Config, ConfigError } from './config.ts';
import { type Db, openDb } from './db.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { type ApiKeyStore, apiKeyStore } from './modules/accounts/api-key-store.ts';
import { type Auth, openAuth } from './modules/accounts/auth.ts';
import { memberStore } from './modules/accounts/member-store.ts';
import { type OrganisationStore, organisationStore } from './modules/accounts/organisation-store.ts';
import { type SettingsStore, settingsStore } from './modules/accounts/settings-store.ts';
import { type Alerts, alertPlanner } from './modules/alerts/alert-planner.ts';
import { settleReceipt } from './modules/alerts/receipts.ts';
import { spokenOf } from './modules/alerts/spoken.ts';
import { channelStore } from './modules/channels/store.ts';
import { deliveryStore } from './modules/deliveries/store.ts';
import { beginReading } from './modules/diagnosis/log-reading.ts';
import { logStore } from './modules/diagnosis/log-store.ts';
import { diagnosisStore } from './modules/diagnosis/store.ts';
import { tellDiagnosis } from './modules/diagnosis/tell.ts';
import { policyStore } from './modules/escalations/policy-store.ts';
import { scheduleStore } from './modules/escalations/schedule-store.ts';
import { type EscalationStore, escalationStore } from './modules/escalations/store.ts';
import { openEventHub } from './modules/events/hub.ts';
import { eventStore } from './modules/events/store.ts';
import { historyStore } from './modules/history/store.ts';
import { commentStore } from './modules/incidents/comment-store.ts';
import { decisionStore } from './modules/incidents/decision-store.ts';
import { incidentStore } from './modules/incidents/store.ts';
import { windowStore } from './modules/maintenance/store.ts';
import { stretchStore } from './modules/maintenance/stretch-store.ts';
import { markStore } from './modules/marks/store.ts';
import { defaultModuleLimits, type ModuleDeps } from './modules/module-deps.ts';
import { monitorStore } from './modules/monitors/store.ts';
import { type Asker, openAsker } from './modules/probes/ask.ts';
import { openPageAsker, type PageAsker } from './modules/probes/ask-page.ts';
import { pageReadStore } from './modules/probes/page-read-store.ts';
import { regionStore } from './modules/probes/store.ts';
import { resultStore } from './modules/results/store.ts';
import { savedViewStore } from './modules/saved-views/store.ts';

type ModuleStores = Omit<
  ModuleDeps,
  | 'alerts'
  | 'asker'
  | 'config'
  | 'db'
  | 'deliveryQueue'
  | 'hub'
  | 'keyring'
  | 'log'
  | 'mailer'
  | 'pageAsker'
  | 'receipts'
  | 'spoken'
>;

/** What api and worker are both built from. A consumer takes the part it needs: `Pick<Deps, 'db' | 'alerts'>`. */
export type Deps = ModuleStores &
  Readonly<{
    config: Config;
    log: Logger;
    db: Db;
    queue: QueueBackend;
    /** Seals and opens channel secrets. */
    keyring: Keyring;
    mailer: Mailer;
    asker: Asker;
    pageAsker: PageAsker;
    deliveryQueue: Producer<typeof deliveriesQueue.payload>;
    alerts: Alerts;
    apiKeys: ApiKeyStore;
    organisations: OrganisationStore;
    settings: SettingsStore;
    /** Who hears when, for the worker. */
    escalations: EscalationStore;
    /** Both reject with one clear line when they don't answer. */
    ping: Readonly<{ database: () => Promise<void>; queue: () => Promise<void> }>;
    close: () => Promise<void>;
  }>;

/** What only the process that speaks HTTP needs besides. */
export type ApiDeps = Deps &
  Readonly<{ auth: Auth; hub: ModuleDeps['hub']; receipts: ModuleDeps['receipts']; spoken: ModuleDeps['spoken'] }>;

const redact = {
  paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
  censor: '[redacted]',
};

/** The links in our messages carry their token in the path. */
const tokenInPath = /^\/+(l|s|v1\/links|v1\/shares|v1\/unsubscribe)\/[^/]+/iu;

/** Requests are logged at `debug` and below. A query may carry a token (the links in our mails do), so it stays out. */
const asRequest = ({ method, url, ip }: Readonly<{ method?: unknown; url?: unknown; ip?: unknown }>) => ({
  method,
  url: typeof url === 'string' ? url.split('?', 1)[0]?.replace(tokenInPath, '/$1/[redacted]') : undefined,
  remoteAddress: ip,
});

export const openLog = ({ logLevel }: Pick<Config, 'logLevel'>, to?: DestinationStream): Logger => {
  const options: LoggerOptions = { level: logLevel, redact, serializers: { req: asRequest } };
  return to === undefined ? pino(options) : pino(options, to);
};

/** What a library says of its setting, in one line that names it: here it becomes a fault of the configuration. */
const asConfigError = <T>(setting: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ConfigError(text.includes(setting) ? text : `${setting}: ${text}`);
  }
};

const queueOf = ({ redisUrl, queueDatabaseUrl, databaseUrl }: Config): QueueBackend =>
  asConfigError('REDIS_URL', () =>
    queueBackend({
      DATABASE_URL: databaseUrl,
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      ...(queueDatabaseUrl === undefined ? {} : { QUEUE_DATABASE_URL: queueDatabaseUrl }),
    }),
  );

const mailerOf = ({ mail }: Config): Mailer =>
  asConfigError('SMTP_URL', () =>
    mail.kind === 'smtp'
      ? openMailer({ smtpUrl: mail.url, from: mail.from })
      : openMailer({ mailDir: mail.dir, from: mail.from }),
  );

const stores = (dialRules: DialRules, keyring: Keyring) => {
  const escalations = escalationStore();
  return {
    monitors: monitorStore(),
    results: resultStore(),
    incidents: incidentStore(),
    history: historyStore(),
    comments: commentStore(),
    channels: channelStore(),
    deliveries: deliveryStore(),
    policies: policyStore(),
    schedules: scheduleStore(),
    decisions: decisionStore(),
    diagnoses: diagnosisStore(),
    logs: logStore(),
    beginReading,
    marks: markStore(),
    savedViews: savedViewStore(),
    windows: windowStore(),
    stretches: stretchStore(),
    escalations,
    members: memberStore(),
    regions: regionStore(),
    pageReads: pageReadStore(),
    events: eventStore(),
    apiKeys: apiKeyStore(),
    organisations: organisationStore(keyring),
    settings: settingsStore(),
    alerts: alertPlanner({ escalations }),
    dialRules,
    limits: defaultModuleLimits,
  };
};

const pingDatabase = async ({ sql }: Db): Promise<void> => {
  try {
    await sql.query(`SELECT 1 FROM organisation LIMIT 1`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ConfigError(
      code === '42P01'
        ? 'DATABASE_URL leads to a database without Farwatch’s tables; run node prisma/migrate-command.ts first'
        : `DATABASE_URL can not be reached (${code === '' ? 'no answer' : code})`,
    );
  }
};

/** Opens everything; nothing is connected yet. Throws a ConfigError for a setting that can't be used. */
export const openDeps = (config: Config): Deps => {
  const log = openLog(config);
  const queue = queueOf(config);
  const dialRules = asConfigError('FARWATCH_ALLOW_CIDRS', () => parseDialRules(config.allowCidrs));
  const keyring = parseKeyring(config.masterKey);
  const mailer = mailerOf(config);
  const warn = (what: string) => (error: Error) => log.warn({ err: error }, what);
  const db = openDb({
    databaseUrl: config.databaseUrl,
    maxConnections: 10,
    onError: warn('a database connection broke'),
  });
  const asker = openAsker(queue, warn('a confirm-checks queue is away'));
  const pageAsker = openPageAsker(queue, warn('a page-reads queue is away'));
  const deliveryQueue = openProducer(deliveriesQueue, queue, warn('the deliveries queue is away'));
  return {
    ...stores(dialRules, keyring),
    config,
    log,
    queue,
    keyring,
    mailer,
    db,
    asker,
    pageAsker,
    deliveryQueue,
    ping: { database: () => pingDatabase(db), queue: () => pingQueue(queue, 5_000) },
    close: async () => {
      await Promise.allSettled([asker.close(), pageAsker.close(), deliveryQueue.close(), mailer.close()]);
      await db.close();
    },
  };
};

export const openApiDeps = (deps: Deps): ApiDeps => {
  const { config, events, log } = deps;
  const hub = openEventHub({
    databaseUrl: config.databaseUrl,
    events,
    onError: (error) => log.warn({ err: error }, 'the event stream has trouble'),
  });
  const auth = openAuth(deps);
  return {
    ...deps,
    auth,
    hub,
    receipts: { settle: settleReceipt(deps) },
    spoken: spokenOf({ ...deps, diagnosisOf: tellDiagnosis(deps) }),
    close: async () => {
      await Promise.allSettled([auth.close(), hub.close()]);
      await deps.close();
    },
  };
};
