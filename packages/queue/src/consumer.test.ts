import { checkReports, confirmChecks } from '@farwatch/contracts';
import { expect, test } from 'vitest';
import { waitAfter } from './consumer.ts';

/** How long a job is tried before it has failed for good, in milliseconds. */
const triedFor = (attempts: number): number =>
  Array.from({ length: attempts - 1 }, (_, i) => waitAfter(i + 1)).reduce((sum, wait) => sum + wait, 0);

test('a day without a database loses no batch that the queue has accepted', () => {
  expect(triedFor(checkReports.attempts) / 3_600_000).toBeGreaterThan(26);
});
test('a look asked for while the API restarts is made all the same', () => {
  expect(triedFor(confirmChecks('fra').attempts)).toBeGreaterThan(20_000);
});
