import type { ConfirmCheck } from '@farwatch/contracts';
import { expect, test } from 'vitest';
import { sendOptions } from './ask.ts';

const now = 1_795_000_000_000;
const check = (given: Partial<ConfirmCheck>): ConfirmCheck => ({
  ...{ monitorId: '01932c5e-7b1a-7c3e-9d55-000000000001', region: 'fra', trigger: 'confirmation' },
  ...{ scheduledAt: now, expiresAt: now + 12_000 },
  ...given,
});

test.each([
  ['now goes at once', check({}), {}],
  ['in a moment goes at once: the probe waits', check({ scheduledAt: now + 400 }), {}],
  [
    'later waits in the queue and leaves the probe a little to wait',
    check({ scheduledAt: now + 3_000 }),
    { delayMs: 2_500 },
  ],
  ['a moment ago goes at once', check({ scheduledAt: now - 3_000 }), {}],
  ['by a person lets confirmations pass', check({ trigger: 'request' }), { priority: 1 }],
])('a look asked for %s', (_, asked, options) => {
  expect(sendOptions(asked, now)).toEqual(options);
});
