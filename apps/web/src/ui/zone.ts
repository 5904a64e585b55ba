import { createContext, useContext } from 'react';

/** The browser's own zone by name, `Europe/Berlin`. */
export const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether this browser can tell times in it: a zone may be newer than the browser. */
export const knowsZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** The zone in which everything below tells its times. */
export const Zone = createContext(browserZone);
export const useZone = (): string => useContext(Zone);

/** Every zone there is, by name. `UTC` is not in every browser's list. */
export const zoneNames = (): readonly string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
