import { startWebhookSink } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import type { Db } from '../../db.ts';
import { secret, startAlerting } from './alerting.fixture.ts';

/** Fails the first record of an attempt: before the work, or after it was committed. */
const failingOnce = ({ sql, transaction }: Pick<Db, 'sql' | 'transaction'>, when: 'before' | 'after') => {
  let left = 1;
  const once = async <T>(work: () => Promise<T>): Promise<T> => {
    const fails = left > 0;
    left -= 1;
    if (fails && when === 'before') throw new Error('the database is away');
    const done = await work();
    if (fails) throw new Error('the connection broke at the commit');
    return done;
  };
  const isRecord = (text: string): boolean => text.includes('INSERT INTO delivery_attempt');
  const failing: Pick<Db, 'sql' | 'transaction'> = {
    sql: { query: (text, values) => (isRecord(text) ? once(() => sql.query(text, values)) : sql.query(text, values)) },
    transaction: (work) => once(() => transaction(work)),
  };
  return { failing, hasFailed: () => left < 1 };
};

test.each([
  ['before', 204, 'delivered'],
  ['after', 204, 'delivered'],
  ['before', 500, 'pending'],
  ['after', 500, 'pending'],
] as const)('a record that fails %s its commit is written once, of an answer %i', async (when, answer, status) => {
  await using sink = await startWebhookSink(() => answer);
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId, due } = await alerting.open();
  const { sql } = alerting.world.db;
  const { failing, hasFailed } = failingOnce(alerting.world.db, when);
  const send = alerting.worker({ db: failing });
  await Promise.all(due.map(send));
  expect(hasFailed()).toBe(true);
  expect(sink.calls).toHaveLength(1);
  const [delivery] = await alerting.deliveries(incidentId);
  expect(delivery).toMatchObject({ status });
  expect(delivery?.attempts).toHaveLength(1);
  const { rows } = await sql.query<{ failures: number; channel: number }>(
    'SELECT d.failures, c.failures AS channel FROM delivery d JOIN channel c ON c.id = d.channel_id',
  );
  const failures = answer === 500 ? 1 : 0;
  expect(rows).toEqual([{ failures, channel: failures }]);
});
