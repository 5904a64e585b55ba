import { drainTimeoutMs } from '@farwatch/queue';
import { expect, test } from 'vitest';
import { attemptMs, jobMs, leaseMs } from './deliver.ts';

const webhookTimeoutMs = 10_000;

test('a job that has just begun an attempt ends within the drain, so that no alert is sent and not written down', () => {
  expect(jobMs + attemptMs).toBeLessThan(drainTimeoutMs);
  expect(attemptMs).toBeGreaterThan(webhookTimeoutMs);
  expect(leaseMs).toBeGreaterThan(2 * attemptMs);
});
