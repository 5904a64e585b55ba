/** The lengths of the roll-ups, in seconds. Slots count them since 1970. */
export const fiveMinutes = 300;
export const anHour = 3_600;
export const aDay = 86_400;
export type RollUpLength = typeof fiveMinutes | typeof anHour | typeof aDay;
