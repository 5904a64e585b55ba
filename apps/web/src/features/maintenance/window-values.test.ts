import { expect, test } from 'vitest';
import { bodyOf, valuesOfWindow } from './window-values.ts';
import { aWindow } from './windows.fixture.ts';

const windowOf = (startsAt: string) => ({ ...aWindow(), startsAt, appliesTo: { kind: 'all' as const } });

test.each(['2026-10-25T01:30:00Z', '2026-11-29T02:00:30', '2026-11-29T02:00:00'])(
  'a window that begins at %s and isn’t moved is saved with the same begin',
  (startsAt) => {
    const values = valuesOfWindow({ ...windowOf(startsAt), countsAs: 'excluded' });
    expect(bodyOf({ ...values, note: 'Kernel' }).startsAt).toBe(startsAt);
    expect(bodyOf({ ...values, startsAt: '2026-11-29T04:00' }).startsAt).toBe('2026-11-29T04:00');
  },
);

test('in another zone it begins when that zone’s clock shows what stands there', () => {
  const values = valuesOfWindow({ ...windowOf('2026-10-25T01:30:00Z'), countsAs: 'excluded' });
  expect(bodyOf({ ...values, timeZone: 'UTC' }).startsAt).toBe('2026-10-25T02:30');
});
