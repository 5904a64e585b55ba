import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aTime, aWindow, path, show, some } from '../features/maintenance/windows.fixture.ts';
import { id, pageOf } from '../testing.fixture.tsx';

/** A screen that is narrower than anything that is asked for. */
class Narrow extends EventTarget implements MediaQueryList {
  readonly media: string;
  readonly onchange = null;
  constructor(media: string) {
    super();
    this.media = media;
  }
  get matches(): boolean {
    return this.media.includes('max-width');
  }
  addListener(): void {}
  removeListener(): void {}
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') });
  vi.spyOn(window, 'matchMedia').mockImplementation((media) => new Narrow(media));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const agendaOf = async (name: string) => within(await screen.findByRole('region', { name: `Maintenance in ${name}` }));
const days = (agenda: Awaited<ReturnType<typeof agendaOf>>) =>
  agenda.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);

test('the month is a list of its days', async () => {
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(aTime('2026-11-22'), aTime('2026-11-29')) });
  const agenda = await agendaOf('November 2026');
  expect(days(agenda)).toEqual(['Sunday, November 29']);
  await userEvent.click(agenda.getByRole('button', { name: 'Show 1 earlier day' }));
  expect(days(agenda)).toEqual(['Sunday, November 22', 'Sunday, November 29']);
});

test('what runs is shown, although it began on a day that is over', async () => {
  const long = aTime('2026-11-26', { name: 'Move', until: '2026-11-27T18:00:00.000Z' });
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(aTime('2026-11-22'), long) });
  const agenda = await agendaOf('November 2026');
  expect(days(agenda)).toEqual(['Friday, November 27']);
  expect(
    agenda.getByRole('button', { name: /Move.*goes on since Thu, Nov 26.*until Fri, Nov 27.*Runs now/u }),
  ).toBeDefined();
});

test('a month has what began before it and goes on into it, and not what ended with the one before', async () => {
  const long = aTime('2026-11-15', { windowId: id(61), name: 'Move', until: '2026-12-02T18:00:00.000Z' });
  const over = aTime('2026-11-29');
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(long, over, aTime('2027-01-01')) }, '?month=2026-12');
  const agenda = await agendaOf('December 2026');
  expect(days(agenda)).toEqual(['Tuesday, December 1', 'Wednesday, December 2']);
  expect(agenda.getAllByRole('button', { name: /Move.*goes on since Sun, Nov 15/u })).toHaveLength(2);
});
