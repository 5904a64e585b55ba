import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** JSON lines on stdout, written at once: nothing is lost when the process ends. */
export const openLog = (level: string, region: string, process?: string): Logger =>
  pino(
    {
      level,
      base: { app: 'probe', region, ...(process === undefined ? {} : { process }) },
      redact: ['token', '*.token', 'url', '*.url'],
    },
    destination({ sync: true }),
  );
