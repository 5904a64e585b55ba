import type { CheckReport } from '@farwatch/contracts';
import type { CheckResult, Failure } from '@farwatch/domain';
import { freshDatabase } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { type Db, openDb } from './db.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { type StoredTarget, sealTarget } from './modules/channels/stored-target.ts';
import { insertResults } from './modules/results/record-store.ts';

/** For tests: an organisation with monitors in a database of its own, and the words to report on them. */
export type World = AsyncDisposable &
  Readonly<{
    db: Db;
    url: string;
    organisationId: string;
    addMonitor: (regions?: readonly string[]) => Promise<string>;
    keyring: Keyring;
    addChannel: (kind: 'email' | 'webhook', target: string, secret?: string) => Promise<string>;
    /** A channel of any kind; `columns` sets more of its row. */
    addTarget: (target: StoredTarget, columns?: Readonly<Record<string, unknown>>) => Promise<string>;
  }>;

/** For tests: the master key of every fixture. */
export const testMasterKey = Buffer.alloc(32, 5).toString('base64');

const shownOf = (target: StoredTarget): string => {
  switch (target.kind) {
    case 'email':
      return target.address;
    case 'sms':
    case 'voice':
      return target.to;
    case 'telegram':
      return target.chatId ?? '';
    case 'slack':
      return target.mode === 'bot' ? target.channel : `${new URL(target.url).origin}/…`;
    case 'discord':
    case 'webhook':
      return URL.canParse(target.url) ? `${new URL(target.url).origin}/…` : '';
  }
};

const insertChannel = async (
  { db, keyring, organisationId }: Pick<World, 'db' | 'keyring' | 'organisationId'>,
  target: StoredTarget,
  columns: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const id = newId();
  const row: Readonly<Record<string, unknown>> = {
    ...{ id, organisation_id: organisationId, name: `my ${target.kind}`, kind: target.kind },
    ...{
      target: shownOf(target),
      sealed: sealTarget(keyring, { table: 'channel', organisationId, rowId: id }, target),
    },
    updated_at: new Date(),
    ...columns,
  };
  const names = Object.keys(row);
  await db.sql.query(
    `INSERT INTO channel (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
  return id;
};

export const startWorld = async (): Promise<World> => {
  const database = await freshDatabase();
  const db = openDb({ databaseUrl: database.url, maxConnections: 8, onError: () => undefined });
  const organisationId = newId();
  await db.sql.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, 'Acme']);
  const keyring = parseKeyring(testMasterKey);
  const ground = { db, keyring, organisationId };
  let monitors = 0;
  return {
    ...ground,
    url: database.url,
    addMonitor: async (regions = ['local']) => {
      const id = newId();
      await db.sql.query(
        `WITH m AS (
           INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
           VALUES ($1, $2, 'Shop', $4, 30000, 10000, 10, '200-399', $3, now()))
         INSERT INTO monitor_state (monitor_id, status_since) VALUES ($1, now())`,
        // Of a host of its own: what shares one is told together.
        [id, organisationId, regions, `https://shop${++monitors === 1 ? '' : monitors}.example/`],
      );
      return id;
    },
    addChannel: (kind, target, secret) =>
      insertChannel(
        ground,
        kind === 'email'
          ? { kind, address: target }
          : { kind, url: target, secrets: [{ secret: secret ?? '', until: null }], headers: {}, template: null },
        {},
      ),
    addTarget: (target, columns = {}) => insertChannel(ground, target, columns),
    [Symbol.asyncDispose]: async () => {
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
};

const failures: Readonly<Record<string, Failure>> = {
  '502': { kind: 'status', status: 502 },
  '504': { kind: 'status', status: 504 },
  refused: { kind: 'network', phase: 'connect', code: 'ECONNREFUSED' },
};

/** `up`, `502`, `504`, `refused` or `missed`, at a moment. */
export const resultOf = (
  monitorId: string,
  word: string,
  scheduledAt: number,
  over: Partial<CheckResult> = {},
): CheckResult => {
  const failure = failures[word];
  const status = failure?.kind === 'status' ? failure.status : word === 'up' ? 200 : null;
  const good = word === 'missed' ? ({ verdict: 'missed', reason: 'overload' } as const) : ({ verdict: 'up' } as const);
  return {
    monitorId,
    region: 'local',
    family: 'any',
    trigger: 'schedule',
    scheduledAt,
    startedAt: scheduledAt + 3,
    totalMs: 41.235,
    outcome: failure === undefined ? good : { verdict: 'down', failure },
    status,
    bytes: 512,
    remoteAddress: '192.0.2.7',
    phases: { dnsMs: 1.5, connectMs: 2.25, tlsMs: null, firstByteMs: 30.125, downloadMs: 0.5 },
    ...over,
  };
};

/** Puts results into the log and judges nothing. */
export const keepResults = async (db: Pick<Db, 'transaction'>, results: readonly CheckResult[]): Promise<void> => {
  await db.transaction((tx) => insertResults(tx, newId(), results));
};

export const reportOf = (results: readonly CheckResult[]): CheckReport => ({
  probeId: 'probe',
  batchId: newId(),
  sentAt: Date.now(),
  results: structuredClone(results) as CheckReport['results'], // the same shape, without readonly
});
