import { type BoundFunctions, type queries, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

type Place = Pick<BoundFunctions<typeof queries>, 'findByRole' | 'getByRole'>;
const months = (year: number, month: number): number => year * 12 + month;
const shownMonth = async (): Promise<Date> => {
  const header = await screen.findByRole('button', { name: /^\p{L}+ \d{4}$/u });
  return new Date(`1 ${header.textContent} UTC`);
};

/** Turns the open calendar to the day’s month, and presses the day. */
const pickOpen = async (day: string): Promise<void> => {
  const wanted = new Date(`${day}T00:00:00Z`);
  for (;;) {
    const shown = await shownMonth();
    const ahead =
      months(wanted.getUTCFullYear(), wanted.getUTCMonth()) - months(shown.getUTCFullYear(), shown.getUTCMonth());
    if (ahead === 0) break;
    await userEvent.click(screen.getByRole('button', { name: ahead > 0 ? 'Month after' : 'Month before' }));
  }
  const name = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(wanted);
  await userEvent.click(screen.getByRole('button', { name }));
};

/** Chooses a day as a person does. */
export const pickDay = async (label: string, day: string, place: Place = screen): Promise<void> => {
  await userEvent.click(await place.findByRole('button', { name: new RegExp(`^${label}`, 'u') }));
  await pickOpen(day);
};

/** Writes a time as a person does who counts hours to twelve. */
export const writeTime = async (label: string, time: string, place: Place = screen): Promise<void> => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const field = async (part: string, role = 'spinbutton') => place.findByRole(role, { name: `${label}: ${part}` });
  await userEvent.type(await field('hours'), String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0'));
  await userEvent.type(await field('minutes'), String(minute).padStart(2, '0'));
  await userEvent.selectOptions(await field('before or after noon', 'combobox'), hour < 12 ? 'AM' : 'PM');
};

/** A day and a time, `2026-11-30T09:00`. */
export const writeWall = async (label: string, wall: string, place: Place = screen): Promise<void> => {
  const group = within(await place.findByRole('group', { name: label }));
  await pickDay(`${label}: day`, wall.slice(0, 10), group);
  await writeTime(label, wall.slice(11, 16), group);
};

/** What stands in the field, as it is read: `Nov 30, 2026 09:00 AM`. */
export const wallShown = async (label: string, place: Place = screen): Promise<string> => {
  const group = within(await place.findByRole('group', { name: label }));
  const day = group.getByRole('button', { name: new RegExp(`^${label}: day`, 'u') }).textContent;
  const part = (name: string): string =>
    group.getByLabelText<HTMLInputElement | HTMLSelectElement>(`${label}: ${name}`).value;
  return `${day} ${part('hours')}:${part('minutes')} ${part('before or after noon')}`;
};
