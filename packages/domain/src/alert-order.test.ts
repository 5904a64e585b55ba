import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOvertaken, rankOf } from './alert-order.ts';

const events = [
  'incident.opened',
  'incident.escalated',
  'incident.reminder',
  'incident.acknowledged',
  'incident.resolved',
] as const;
const listeners = ['reader', 'called', 'program'] as const;

test.each([
  ['incident.opened', 'reader', null, false, false],
  ['incident.opened', 'reader', 'recovered', true, true], // the recovery says both
  ['incident.opened', 'reader', 'recovered', false, false], // sent again by hand, after all was told
  ['incident.opened', 'reader', 'paused', false, true],
  ['incident.opened', 'called', 'recovered', false, true],
  ['incident.opened', 'program', 'recovered', true, false],
  ['incident.reminder', 'reader', 'recovered', true, true],
  ['incident.acknowledged', 'reader', 'recovered', false, true],
  ['incident.escalated', 'called', null, false, false],
  ['incident.resolved', 'reader', 'recovered', true, false],
  ['certificate.expiring', 'reader', 'recovered', false, false],
] as const)(
  '%s to a %s, the incident %s, its recovery waiting: %s → overtaken: %s',
  (event, listener, ended, recoveryWaits, is) => {
    expect(isOvertaken({ event, listener, ended, recoveryWaits })).toBe(is);
  },
);

type Row = { readonly event: (typeof events)[number]; at: 'waits' | 'told' | 'dropped' };

test('whatever is planned and whenever it is sent, a reader never hears a recovery before its down, nor a down after it', () => {
  const steps = fc.array(fc.constantFrom('plan', 'resolve', 'send'), { minLength: 5, maxLength: 40 });
  const kinds = fc.infiniteStream(fc.constantFrom('incident.escalated', 'incident.reminder', 'incident.acknowledged'));
  fc.assert(
    fc.property(steps, fc.constantFrom(...listeners), kinds, (line, listener, more) => {
      const rows: Row[] = [{ event: 'incident.opened', at: 'waits' }];
      let resolved = false;
      const heard: string[] = [];
      for (const step of line) {
        if (step === 'plan' && !resolved) rows.push({ event: more.next().value, at: 'waits' });
        if (step === 'resolve' && !resolved) {
          resolved = true;
          rows.push({ event: 'incident.resolved', at: 'waits' });
        }
        if (step !== 'send') continue;
        const waiting = rows.filter(({ at }) => at === 'waits').toSorted((a, b) => rankOf(a.event) - rankOf(b.event));
        const [row] = waiting;
        if (row === undefined) continue;
        const recoveryWaits = waiting.some(({ event }) => event === 'incident.resolved');
        const ended = resolved ? 'recovered' : null;
        row.at = isOvertaken({ event: row.event, listener, ended, recoveryWaits }) ? 'dropped' : 'told';
        if (row.at === 'told') heard.push(row.event);
      }
      const recovery = heard.indexOf('incident.resolved');
      expect(recovery === -1 || recovery === heard.length - 1).toBe(true);
      const opening = rows[0]?.at;
      if (recovery !== -1 && listener === 'program') expect(opening).toBe('told');
      if (opening === 'dropped' && listener === 'reader') expect(resolved).toBe(true);
    }),
  );
});
