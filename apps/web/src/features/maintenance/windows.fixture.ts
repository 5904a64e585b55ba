import { at, id, type Network, open } from '../../testing.fixture.tsx';

export const aWindow = (change: object = {}) => ({
  ...{ id: id(60), name: 'Updates', note: null, startsAt: '2026-11-29T02:00:00', timeZone: 'Europe/Berlin' },
  ...{ durationMs: 7_200_000, rule: 'FREQ=WEEKLY', appliesTo: { kind: 'all' }, countsAs: 'excluded' },
  ...{ current: null, next: { from: at, until: at }, createdAt: at, updatedAt: at },
  ...change,
});
export const runsNow = { from: '2026-11-27T11:00:00.000Z', until: '2026-11-27T13:00:00.000Z' };
export const path = '/v1/maintenance-windows';
export const occurrences = '/v1/maintenance-occurrences';
export const aTime = (day: string, change: object = {}) => ({
  ...{ windowId: id(60), name: 'Updates', from: `${day}T01:00:00.000Z`, until: `${day}T03:00:00.000Z` },
  ...change,
});
export const some = (...items: readonly unknown[]) => ({ [`GET ${occurrences}`]: { body: { items, isCut: false } } });
export const none = some();
export const show = (network: Network, search = '') => open(`/maintenance${search}`, { ...none, ...network });
