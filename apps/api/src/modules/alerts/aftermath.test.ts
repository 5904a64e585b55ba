import type { ChannelKind } from '@farwatch/contracts';
import type { Outcome } from '@farwatch/notifiers';
import { expect, test } from 'vitest';
import { aftermathOf } from './aftermath.ts';
import type { Parcel } from './claim.ts';

const now = Date.UTC(2026, 10, 27);
const parcelOf = (kind: ChannelKind, over: Partial<Parcel['deliveries'][0]> = {}): Parcel => ({
  channel: {
    ...{ id: 'c', organisationId: 'o', accountId: null, kind, name: '', target: '', sealed: '', failures: 0 },
    ...{ status: 'active', statusReason: null, holdUntil: null, holdReason: null, timeZone: 'UTC' },
  },
  deliveries: [
    {
      ...{ deliveryId: 'd', attempt: 1, organisationId: 'o', incidentId: 'i', monitorId: 'm', channelId: 'c' },
      ...{ channelName: '', kind, event: 'incident.opened', severity: 'down', detail: null, sealedTarget: null },
      ...{ createdAt: new Date(now), triedSince: new Date(now), failures: 0, bundleId: null },
      ...over,
    },
  ],
});
const after = (kind: ChannelKind, outcome: Outcome, over: Partial<Parcel['deliveries'][0]> = {}) =>
  aftermathOf(parcelOf(kind, over), outcome, { now, random: 0, ours: false });

test('a rate limit is waited for exactly, by the whole channel, and is no failure', () => {
  expect(after('slack', { kind: 'retry', reason: '', holds: 'channel', afterMs: 7_000 })).toMatchObject({
    next: { status: 'pending', nextAttemptAt: now + 7_000, countsAsFailure: false },
    hold: { scope: 'channel', until: now + 7_000, failed: false },
  });
});

test('a limit of the provider holds all its channels', () => {
  const outcome = { kind: 'retry', reason: '', holds: 'provider', afterMs: 600_000 } as const;
  expect(after('discord', outcome).hold).toEqual({ scope: 'provider', until: now + 600_000, failed: false });
});

test('a fault of the operator’s settings is told to the operator and waits for all', () => {
  const outcome = { kind: 'retry', reason: '', operator: true, holds: 'provider', afterMs: 300_000 } as const;
  expect(after('sms', outcome)).toMatchObject({ operator: true, broken: false, hold: { scope: 'provider' } });
});

test('a passing fault holds a channel of people, and of a program only the one call', () => {
  expect(after('telegram', { kind: 'retry', reason: '' }).hold).toEqual({
    scope: 'channel',
    until: now + 5_000,
    failed: true,
  });
  expect(after('webhook', { kind: 'retry', reason: '' })).toMatchObject({
    hold: null,
    next: { status: 'pending', nextAttemptAt: now + 5_000, countsAsFailure: true },
  });
});

test.each([
  ['a refusal of the channel breaks it', true, true],
  ['a refusal of one message leaves the channel alone', false, false],
])('%s', (_, broken, breaks) => {
  expect(after('slack', { kind: 'rejected', reason: '', broken })).toMatchObject({
    next: { status: 'failed' },
    broken: breaks,
    hold: null,
  });
});

test('a test is tried once and breaks nothing', () => {
  const test = { event: 'channel.test' } as const;
  expect(after('slack', { kind: 'retry', reason: '' }, test)).toMatchObject({ next: { status: 'failed' }, hold: null });
  expect(after('slack', { kind: 'rejected', reason: '', broken: true }, test).broken).toBe(false);
});

test('what was tried long enough is a dead letter', () => {
  const triedSince = new Date(now - 24 * 3_600_000);
  expect(after('email', { kind: 'retry', reason: '' }, { triedSince }).next).toEqual({ status: 'failed' });
  expect(after('webhook', { kind: 'retry', reason: '' }, { triedSince }).next.status).toBe('pending');
});

test('what a provider has only taken waits for its word', () => {
  const outcome = { kind: 'accepted', answer: 'queued', receipt: { sid: 'SM1' } } as const;
  expect(after('sms', outcome).next).toEqual({ status: 'accepted', receipt: { sid: 'SM1' } });
});
