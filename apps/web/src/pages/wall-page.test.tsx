import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMonitor, anIncident, connect, id, lose, open, pageOf, problem, tell } from '../testing.fixture.tsx';

const since = '2026-11-23T05:30:00.000Z';
const shop = aMonitor({ status: 'down', tags: ['shop'] });
const blog = aMonitor({ id: id(11), name: 'Blog' });
const network = {
  'GET /v1/monitors': pageOf(shop, blog),
  'GET /v1/incidents': pageOf(anIncident({ status: 'open', startedAt: since, resolvedAt: null, durationMs: null })),
};

test('what fails stands large with its cause, the others as tiles, live', async () => {
  open('/wall', network);
  const failing = await screen.findByRole('list', { name: 'Failing' });
  expect(within(failing).getByText('Shop')).toBeDefined();
  expect(await within(failing).findByText('HTTP 502, seen from fra and iad')).toBeDefined();
  expect(within(screen.getByRole('list', { name: 'The others' })).getByText('Blog')).toBeDefined();
  expect(screen.getByText('Europe/Berlin')).toBeDefined();
  await expect.poll(() => document.title).toBe('(1 down) Wall · Farwatch');
  connect();
  tell('monitor.status-changed', {
    ...{ monitorId: shop.id, monitorName: 'Shop', url: shop.url, from: 'down', status: 'up', statusSince: since },
  } as never); // what the page reads of it
  await expect.poll(() => screen.queryByRole('list', { name: 'Failing' })).toBeNull();
});

test('a lost line is said large, and nothing that stood there goes', async () => {
  open('/wall', network);
  await screen.findByRole('list', { name: 'Failing' });
  connect();
  lose();
  expect(await screen.findByText(/Not connected: as of/u)).toBeDefined();
  expect(screen.getByRole('list', { name: 'Failing' })).toBeDefined();
  await expect.poll(() => document.title).toBe('(not connected) Wall · Farwatch');
});

test('a tag in the URL leaves the others out', async () => {
  open('/wall?tag=shop', network);
  expect(await screen.findByText('Tag: shop')).toBeDefined();
  expect(screen.queryByText('Blog')).toBeNull();
});

test('no monitor, and no answer, are said', async () => {
  const { unmount } = open('/wall', {});
  expect(await screen.findByText(/There is no monitor yet/u)).toBeDefined();
  unmount();
  open('/wall', { 'GET /v1/monitors': problem(500, 'internal', 'It broke.') });
  expect(await screen.findByText('The monitors could not be loaded')).toBeDefined();
});
