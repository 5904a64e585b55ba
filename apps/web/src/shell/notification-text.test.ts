import { expect, test } from 'vitest';
import { anIncident } from '../testing.fixture.tsx';
import { notificationOf } from './notification-text.ts';

const since = new Date().toISOString().replace(/T.*/u, 'T05:30:00.000Z');
const until = new Date().toISOString().replace(/T.*/u, 'T05:42:00.000Z');
const open = anIncident({ startedAt: since, resolvedAt: null, durationMs: null, endReason: null });
const over = anIncident({ startedAt: since, resolvedAt: until, durationMs: 720_000, endReason: 'recovered' });

test('what went down is told with its moment in the reader’s zone', () => {
  const { title, body, url } = notificationOf({ type: 'incident.opened', data: open }, 'UTC');
  expect(title).toBe('Shop is down');
  expect(body).toMatch(/^Since 0?5:30:00.*: HTTP 502, seen from fra and iad\.\nhttps:/u);
  expect(url).toBe(`/incidents/${open.id}`);
});

test.each([
  ['recovered', 'Shop is up again', /^It was down for 12 min/u],
  ['paused', 'Shop is paused', /^It was down for 12 min/u],
  ['withdrawn', 'Shop was not down', /^Later looks took back/u],
] as const)('an incident that ended as %s', (endReason, title, line) => {
  const told = notificationOf({ type: 'incident.resolved', data: { ...over, endReason } }, 'UTC');
  expect(told.title).toBe(title);
  expect(told.body).toMatch(line);
});
