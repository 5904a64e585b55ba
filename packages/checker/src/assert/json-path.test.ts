import { expect, test } from 'vitest';
import { pathFault, valueAt } from './json-path.ts';

const whenever = { owner: 'a.example', until: Number.POSITIVE_INFINITY };

test('a path that is none is told in words; a path may match no patterns', () => {
  expect(pathFault('$.a[?@.b == 1]')).toBeNull();
  expect(pathFault('$.a[')).toContain('unclosed');
  expect(pathFault('$[?match(@.a, "(a+)+b")]')).not.toBeNull();
});
test.each([
  ['$.a.b[0]', '{"a":{"b":["x"]}}', { kind: 'value', text: 'x', number: null }],
  ['$.a', '{"a":12.50}', { kind: 'value', text: '12.5', number: 12.5 }],
  ['$..b', '{"a":{"b":null}}', { kind: 'value', text: 'null', number: null }],
  ['$[?@.s=="bad"]', '[{"s":"ok"},{"s":"bad"}]', { kind: 'value', text: '{"s":"bad"}', number: null }],
  ['$.constructor', '{}', { kind: 'nothing' }],
  ['$', '1;', { kind: 'no-json' }],
])('%s of %s', async (path, text, found) => expect(await valueAt(path, text, whenever)).toEqual(found));
test('what is nested too deep to be looked through is too large, not absent', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(await valueAt('$..a', deep, whenever)).toEqual({ kind: 'too-large' });
  const wide = JSON.stringify(Array.from({ length: 2_000 }, (_, i) => ({ a: `[{"[${i}` })));
  expect(await valueAt('$[1999].a', wide, whenever)).toMatchObject({ text: '[{"[1999' });
});
test('short and long texts, and simple and other paths, come to the same', async () => {
  for (const length of [1, 100_000])
    for (const path of ['$.a', '$..a'])
      expect(await valueAt(path, JSON.stringify({ b: 'x'.repeat(length), a: 1 }), whenever)).toMatchObject({
        number: 1,
      });
});
