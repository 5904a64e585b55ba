import { expect, test } from 'vitest';
import { openLedger } from './ledger.ts';
import { down, result, up } from './probe.fixture.ts';

test('nothing after an open slot is settled, so that a kill at any moment is made good by the restart', () => {
  const ledger = openLedger();
  expect(ledger.settledUntil(5_000)).toBe(5_000);
  ledger.due(1_000);
  ledger.due(1_000);
  ledger.due(2_000);
  ledger.settled([result(1, 2_000)]);
  expect(ledger.settledUntil(5_000)).toBe(999);
  ledger.settled([result(1, 1_000)]);
  expect(ledger.settledUntil(5_000)).toBe(999);
  ledger.settled([result(2, 1_000)]);
  expect(ledger.settledUntil(5_000)).toBe(5_000);
});
test('looks out of turn are in no sum', () => {
  const ledger = openLedger();
  ledger.due(1_000);
  ledger.settled([result(1, 1_000, down(502)), result(1, 1_500, up, { trigger: 'confirmation' })]);
  expect(ledger.counts()).toMatchObject({ due: 1, up: 0, down: 1, open: 0 });
});
