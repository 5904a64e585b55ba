import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { createApiKey, updateMe, updateOrganisation } from './accounts.ts';
import { Name } from './values.ts';

const isName = (text: string): boolean => Value.Check(Name(200), text);

test.each(['Shop', 'Ж', '店', '١', '…', '→', '🚀', ' \u200bShop', 'e\u0301', '👩\u200d💻'])('%j is a name', (text) => {
  expect(isName(text)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['spaces', '   \u00a0\u3000\t'],
  ['a zero-width space', '\u200b'],
  ['joiners, a byte-order mark and a soft hyphen', '\u200d\u2060\ufeff\u00ad'],
  ['marks with nothing to stand on', '\u0301\u0302'],
  ['marks of direction', '\u202e\u2066'],
  ['letters that draw nothing', '\u3164\u115f\u1160\uffa0'],
  ['an empty Braille cell', '\u2800'],
  ['a control character', '\u0007'],
])('%s is none', (_, text) => {
  expect(isName(text)).toBe(false);
});

test('keys, people and organisations are named so too', () => {
  const bodies = [createApiKey.schema.body, updateMe.schema.body, updateOrganisation.schema.body];
  const takes = (name: string) =>
    bodies.map((body) => Value.Check(body, { name, ...(body === bodies[0] ? { scope: 'read' } : {}) }));
  expect([takes('CI'), takes('\u200b')]).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
});
