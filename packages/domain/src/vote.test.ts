import { expect, test } from 'vitest';
import type { AddressFamily, CheckResult, Outcome } from './check-result.ts';
import { resultOf } from './play.fixture.ts';
import { votesIn } from './vote.ts';

const down = (status: number): Outcome => ({ verdict: 'down', failure: { kind: 'status', status } });
const look = (family: AddressFamily, outcome: Outcome, more: Partial<CheckResult> = {}): CheckResult => ({
  ...resultOf('fra:up', 30_000),
  ...{ family, outcome, startedAt: 30_000, totalMs: 100, ...more },
});

test('two looks of a slot, one a family, are one vote that is down when either is', () => {
  const pair = [look('ipv6', down(502), { startedAt: 30_010, totalMs: 900 }), look('ipv4', { verdict: 'up' })];
  const one = { region: 'fra', at: 30_000, startedAt: 30_000, endedAt: 30_910, verdict: 'down' };
  expect(votesIn(pair)).toMatchObject([{ ...one, failure: { status: 502 } }]);
  expect(votesIn(pair.toReversed())).toEqual(votesIn(pair));
});
test('of two failures that of IPv4 is told', () => {
  expect(votesIn([look('ipv6', down(503)), look('ipv4', down(502))])).toMatchObject([{ failure: { status: 502 } }]);
});
test('a family that saw nothing leaves the vote to the other', () => {
  const blind: Outcome = { verdict: 'inconclusive', reason: 'probe blind' };
  expect(votesIn([look('ipv4', blind), look('ipv6', { verdict: 'up' })])).toMatchObject([{ verdict: 'up' }]);
  expect(votesIn([look('ipv4', blind), look('ipv6', blind)])).toEqual([]);
});
test('either being slow makes the vote degraded', () => {
  const slow: Outcome = { verdict: 'degraded', reason: 'slow' };
  expect(votesIn([look('ipv4', slow), look('ipv6', { verdict: 'up' })])).toMatchObject([{ degraded: true }]);
});
test('looks of other slots and regions stay votes of their own', () => {
  const others = [look('ipv4', down(502), { scheduledAt: 60_000 }), look('ipv4', down(502), { region: 'iad' })];
  expect(votesIn([look('ipv4', down(502)), ...others])).toHaveLength(3);
});
