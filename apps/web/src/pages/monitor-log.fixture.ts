import { fireEvent, screen, within } from '@testing-library/react';
import { aResult } from '../testing.fixture.tsx';
import { path } from './monitor-page.fixture.ts';

export const start = Date.parse('2026-11-23T06:00:00.000Z');
/** The nth look after the first, ten seconds apart. */
export const look = (n: number, change: Parameters<typeof aResult>[0] = {}) => {
  const at = new Date(start + n * 10_000).toISOString();
  return aResult({ id: `${start + n * 10_000}-fra-any`, scheduledAt: at, startedAt: at, ...change });
};
export const looks = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => look(to - 1 - i));
export const results = `GET ${path}/results`;

export const log = () => screen.findByRole('list', { name: 'Response log' });
export const section = () => screen.findByRole('region', { name: 'Response log' });
export const scrollTo = (list: HTMLElement, top: number): void => {
  const scroller = list.parentElement;
  if (scroller === null) throw new Error('the log scrolls nowhere');
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
};
export const shownTimes = (list: HTMLElement): readonly string[] =>
  within(list)
    .getAllByRole('button')
    .map((row) => row.querySelector('time')?.dateTime ?? '');
