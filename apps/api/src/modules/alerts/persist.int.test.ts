import { startWebhookSink } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import type { Db } from '../../db.ts';
import { secret, startAlerting } from './alerting.fixture.ts';

type Transaction = Db['transaction'];

/** Fails once: before the work, or after it was committed. */
const failingOnce = (transaction: Transaction, when: 'before' | 'after'): Transaction => {
  let left = 1;
  return async (work) => {
    const fails = left > 0;
    left -= 1;
    if (fails && when === 'before') throw new Error('the database is away');
    const done = await transaction(work);
    if (fails) throw new Error('the connection broke at the commit');
    return done;
  };
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
  const { sql, transaction } = alerting.world.db;
  const send = alerting.worker({ db: { sql, transaction: failingOnce(transaction, when) } });
  await Promise.all(due.map(send));
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
