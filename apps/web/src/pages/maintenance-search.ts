import { idOf, monthOf, newDayOf, textOf } from './search.ts';

/** What the address of the maintenance page holds: a month, and what lies open over it. */
export type MaintenanceSearch = Readonly<{
  month?: string | undefined;
  /** A window whose details are open, and when the one of its times begins that was pressed. */
  window?: string | undefined;
  from?: string | undefined;
  /** A window that is changed. */
  edit?: string | undefined;
  /** A new one on this day; `yes` = on none yet. */
  new?: string | undefined;
}>;

export const maintenanceSearch = (search: Readonly<Record<string, unknown>>): MaintenanceSearch => ({
  month: monthOf(search.month),
  window: idOf(search.window),
  from: textOf(search.from),
  edit: idOf(search.edit),
  new: newDayOf(search.new),
});
