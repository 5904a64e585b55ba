import { expect, test } from 'vitest';
import { aChannel } from '../../testing.fixture.tsx';
import { askAgainMs } from './queries.ts';

const waiting = aChannel({ kind: 'telegram', status: 'unconfirmed' });

test('whether a chat is linked is asked often at first, then seldom, and not at all once it is or the channel is gone', () => {
  expect(askAgainMs({ status: 'success', data: waiting, dataUpdateCount: 1 })).toBe(2_000);
  expect(askAgainMs({ status: 'success', data: waiting, dataUpdateCount: 60 })).toBe(30_000);
  expect(askAgainMs({ status: 'success', data: aChannel(), dataUpdateCount: 3 })).toBe(false);
  expect(askAgainMs({ status: 'error', data: waiting, dataUpdateCount: 3 })).toBe(false);
});
