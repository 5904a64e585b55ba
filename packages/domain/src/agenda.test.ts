import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAgenda } from './agenda.ts';

test('what is on it comes by moment, then by rank, then as it was added; also what is added between', () => {
  const entry = fc.record({ at: fc.integer({ min: 0, max: 9 }), rank: fc.integer({ min: 0, max: 2 }) });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), fc.array(entry, { maxLength: 20 }), (first, later) => {
      const agenda = openAgenda<string>();
      for (const [i, { at, rank }] of first.entries()) agenda.add(at, rank, `${at}.${rank}.${100 + i}`);
      const half = Array.from({ length: Math.floor(first.length / 2) }, () => agenda.next()?.what ?? '');
      for (const [i, { at, rank }] of later.entries()) agenda.add(at, rank, `${at}.${rank}.${200 + i}`);
      const rest: string[] = [];
      for (let one = agenda.next(); one !== null; one = agenda.next()) rest.push(one.what);
      expect(half).toEqual(half.toSorted());
      expect(rest).toEqual(rest.toSorted());
      expect(half.length + rest.length).toBe(first.length + later.length);
      expect(agenda.next()).toBeNull();
    }),
  );
});
