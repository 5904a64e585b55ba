import { type Static, Type } from 'typebox';
import { strict, words } from './values.ts';

export const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'IANA zone',
  examples: ['Europe/Berlin'],
});
export const WallTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: ['22:00'] });
export const Weekdays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
  minItems: 1,
  maxItems: 7,
  uniqueItems: true,
  description: '1 = Monday … 7 = Sunday',
});
export const SeverityWord = words(['degraded', 'down', 'certificate-expiring', 'monitoring-stopped', 'region-dark']);

/** While it is quiet, messages wait for its end; severities in `except` come through. A window may run over midnight. */
export const QuietHours = strict({
  timeZone: TimeZone,
  windows: Type.Array(strict({ days: Weekdays, from: WallTime, until: WallTime }), { minItems: 1, maxItems: 14 }),
  except: Type.Array(SeverityWord, { maxItems: 5, uniqueItems: true }),
});
export type QuietHours = Static<typeof QuietHours>;
