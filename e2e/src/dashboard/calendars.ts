import type { Call } from './call.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A moment, to the hour. */
const at = (offsetMs: number): string => new Date(Math.floor(Date.now() / hour) * hour + offsetMs).toISOString();
const wall = (offsetMs: number): string => at(offsetMs).slice(0, 16);

/** A schedule with gaps, somebody who steps in, and two layers. */
export const addShifts = async (call: Call, accountId: string): Promise<void> => {
  const rotation = {
    ...{ participants: [accountId], timeZone: 'America/New_York', startsAt: '2026-01-05T09:00' },
    ...{ shift: { unit: 'days', length: 1 }, window: { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' } },
  };
  const nights = { ...rotation, timeZone: 'Asia/Tokyo', window: { days: [2, 4], from: '09:00', until: '23:00' } };
  const override = { from: at(30 * hour), until: at(52 * hour), accountId };
  await call('POST', '/v1/on-call-schedules', {
    ...{ name: 'Office hours', rotations: [rotation, nights], overrides: [override] },
  });
};

/** Windows of every kind, one of which runs; on none of the monitors, whose story is another one. */
export const addWindows = async (call: Call): Promise<void> => {
  const appliesTo = { kind: 'tags', tags: ['data-centre'] };
  const add = (name: string, more: object) =>
    call('POST', '/v1/maintenance-windows', {
      name,
      timeZone: 'Europe/Berlin',
      durationMs: 2 * hour,
      appliesTo,
      ...more,
    });
  await add('Weekly updates', { startsAt: '2026-01-04T02:00', rule: 'FREQ=WEEKLY;BYDAY=SU' });
  await add('Backups are checked', { startsAt: '2026-01-05T04:00', durationMs: hour, rule: 'FREQ=WEEKLY;BYDAY=MO,TH' });
  await add('Move to the new data centre', { startsAt: wall(3 * day), timeZone: 'UTC', durationMs: 3 * day });
  await add('Certificates', {
    ...{ startsAt: '2026-01-25T05:00', rule: 'FREQ=MONTHLY;BYDAY=-1SU', countsAs: 'counted' },
  });
  await add('New switches', {
    ...{
      startsAt: wall(0),
      timeZone: 'UTC',
      durationMs: 6 * hour,
      note: 'The provider changes the switches of rack 7.',
    },
  });
};
