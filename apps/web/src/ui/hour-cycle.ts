/** How a person reads the clock; `auto` is as the browser's language has it. */
export type HourCycle = 'auto' | '12h' | '24h';

let chosen: HourCycle = 'auto';

/** Said once by the frame around the pages, before they are drawn: every text with a time is made by it. */
export const setHourCycle = (next: HourCycle): void => {
  chosen = next;
};
export const hourCycle = (): HourCycle => chosen;

/** What makes a formatter obey; formatters are kept by `hourCycle()` beside their zone. */
export const hourCycleOptions = (): Pick<Intl.DateTimeFormatOptions, 'hourCycle'> =>
  chosen === 'auto' ? {} : { hourCycle: chosen === '12h' ? 'h12' : 'h23' };

/** Whether hours are counted to twelve: as chosen, else as the language has it. */
export const twelveHours = (): boolean =>
  new Intl.DateTimeFormat(undefined, { hour: 'numeric', ...hourCycleOptions() }).resolvedOptions().hour12 === true;
