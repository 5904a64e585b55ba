import { afterEach, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../api/dial.ts';
import { notifyOf } from './browser-notifications.ts';

const opened = {
  type: 'incident.opened',
  data: {
    ...{ id: '0197', monitorId: '0198', monitorName: 'Shop', url: 'https://shop.example/' },
    ...{ startedAt: '2026-11-28T09:00:00.000Z', regions: ['local'], cause: { kind: 'status', status: 502 } },
  },
} as unknown as LiveEvent; // as much of an incident as its notification says

/** A browser in which notifications are on, and whose worker comes up when the test says so. */
const start = () => {
  const postMessage = vi.fn();
  let come = (): void => undefined;
  const ready = new Promise<{ active: { postMessage: typeof postMessage } }>((done) => {
    come = () => done({ active: { postMessage } });
  });
  vi.stubGlobal('Notification', { permission: 'granted' });
  vi.stubGlobal('navigator', { serviceWorker: { ready } });
  localStorage.setItem('farwatch-notifications', 'on');
  return { postMessage, come: () => come() };
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('what goes down while the page comes up is told, although this page has not registered the worker yet', async () => {
  const { postMessage, come } = start();
  come();
  await notifyOf(opened, 'Europe/Berlin');
  expect(postMessage).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ kind: 'farwatch.show', title: 'Shop is down', url: '/incidents/0197' }),
  );
});

test('on a first visit it is told once the worker is there', async () => {
  const { postMessage, come } = start();
  const told = notifyOf(opened, 'Europe/Berlin');
  come();
  await told;
  expect(postMessage).toHaveBeenCalledOnce();
});

test('where no worker ever comes, nobody waits for it for ever', async () => {
  vi.useFakeTimers();
  const { postMessage } = start();
  const told = notifyOf(opened, 'Europe/Berlin');
  await vi.advanceTimersByTimeAsync(60_000);
  await told;
  expect(postMessage).not.toHaveBeenCalled();
});
