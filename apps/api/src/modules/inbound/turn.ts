import { Client } from 'pg';

/** A turn that only one process has at a time. `lost` ends what is done in it. */
export type Turn = Readonly<{
  lost: AbortSignal;
  /** Rejects when the turn may have gone to another. */
  check: () => Promise<void>;
  release: () => Promise<void>;
}>;

/** A machine that vanished is noticed within half a minute, and its turn goes on. */
const noticeDead = 'SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

const openClient = (databaseUrl: string): Client =>
  new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
    application_name: 'farwatch turn',
  });

/**
 * Takes the turn with this number: a lock of a database connection of its own, so it goes with the process that had it.
 * Null: another process has it. Rejects when the database is away.
 */
export const takeTurn = async (databaseUrl: string, number: number): Promise<Turn | null> => {
  const client = openClient(databaseUrl);
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  const release = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query(noticeDead);
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [number]);
    if (rows[0]?.mine === true) {
      const check = async () => void (await client.query('SELECT 1'));
      return { lost: lost.signal, check, release };
    }
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
};
