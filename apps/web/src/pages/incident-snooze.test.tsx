import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { anIncident, id, type Network, open, pageOf, sentTo } from '../testing.fixture.tsx';
import { writeWall } from '../ui/wall-field.fixture.ts';
import { wallOf } from '../ui/wall-time.ts';

const path = `/v1/incidents/${id(20)}`;
const isOpen = anIncident({ status: 'open', resolvedAt: null, endReason: null, durationMs: null });
const show = (incident: object, more: Network = {}) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...incident, spans: [], codes: [], regionBounds: [], marks: [], children: [] } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/diagnosis`]: { body: { incidentId: id(20), shown: null, versions: [], feedback: [] } },
    [`GET ${path}/logs`]: { body: { items: [] } },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });

const snooze = async (item: string): Promise<void> => {
  await userEvent.click(await screen.findByRole('button', { name: 'Snooze' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
};
const minutesAhead = (body: unknown): number => {
  const until = body !== null && typeof body === 'object' && 'until' in body ? String(body.until) : '';
  return Math.round((Date.parse(until) - Date.now()) / 60_000);
};

test.each([
  ['30 min', 30],
  ['2 h', 120],
])('snoozing for %s sends that moment', async (item, minutes) => {
  const { asked } = show(isOpen, { [`POST ${path}/snooze`]: { body: isOpen } });
  await snooze(item);
  await expect.poll(async () => minutesAhead(await sentTo(asked, `POST ${path}/snooze`))).toBe(minutes);
});

test('snoozing until tomorrow means nine o’clock in the reader’s zone', async () => {
  const { asked } = show(isOpen, { [`POST ${path}/snooze`]: { body: isOpen } });
  await snooze('Until tomorrow 9:00');
  await expect.poll(() => asked.some(({ url }) => url.endsWith('/snooze'))).toBe(true);
  const { until } = (await sentTo(asked, `POST ${path}/snooze`)) as { until: string };
  const inBerlin = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  expect(inBerlin.format(new Date(until))).toBe('09:00');
});

test('another moment is typed; one that has passed is refused', async () => {
  const { asked } = show(isOpen, { [`POST ${path}/snooze`]: { body: isOpen } });
  await snooze('Until…');
  const dialog = await screen.findByRole('dialog');
  const zone = 'Europe/Berlin';
  const today = wallOf(new Date().toISOString(), zone).slice(0, 10);
  await writeWall('Until', `${today}T00:00`, within(dialog));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Snooze' }));
  expect(await within(dialog).findByText('This has passed already.')).toBeDefined();
  const wall = wallOf(new Date(Date.now() + 86_400_000).toISOString(), zone);
  await writeWall('Until', wall, within(dialog));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Snooze' }));
  await expect.poll(() => asked.some(({ url }) => url.endsWith('/snooze'))).toBe(true);
});

test('a snooze that holds is said and can be ended', async () => {
  const { asked } = show(
    { ...isOpen, snoozedUntil: '2999-01-01T00:00:00.000Z' },
    { [`POST ${path}/snooze`]: { body: isOpen } },
  );
  expect(await screen.findByText(/Snoozed until/u)).toBeDefined();
  await snooze('End the snooze');
  await expect.poll(() => asked.some(({ url }) => url.endsWith('/snooze'))).toBe(true);
  expect(await sentTo(asked, `POST ${path}/snooze`)).toEqual({ until: null });
});
