import { expect, test } from 'vitest';
import { refuseUnstorable } from './bodies.ts';

const refusalOf = (text: string, prefix?: string) => {
  try {
    refuseUnstorable(JSON.parse(text), prefix);
    return null;
  } catch (error) {
    return error;
  }
};
const inMs = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

test.each([
  ['a flat list of zeros', `[${Array.from({ length: 130_000 }, () => 0).join(',')}]`],
  ['many lists of lists', `[${Array.from({ length: 300 }, () => `[${'0,'.repeat(100)}0]`).join(',')}]`],
  ['many names', JSON.stringify(Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`n${i}`, 0])))],
])('%s beyond what any body needs is refused and not a failure of ours', (_, text) => {
  expect(refusalOf(text)).toMatchObject({ status: 400, code: 'body-too-complex' });
});

test('a list of twenty thousand is still read', () => {
  expect(refusalOf(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => i)))).toBeNull();
});

test('a long name over many values costs no more than a short one', () => {
  const text = JSON.stringify({ ['k'.repeat(150_000)]: Array.from({ length: 15_000 }, () => 0) });
  expect(refusalOf(text)).toBeNull();
  const body: unknown = JSON.parse(text);
  expect(inMs(() => refuseUnstorable(body))).toBeLessThan(500); // a pointer for each value took seconds
});

test.each([
  ['{"a":{"b/c":["x","y\\u0000"]}}', 'nul-character', '/a/b~1c/1'],
  ['{"a":{"n\\u0000":1}}', 'nul-character', '/a/n\\u0000'],
  ['{"a":["\\ud800"]}', 'lone-surrogate', '/a/0'],
  ['{"a\\ud800":{"b":1}}', 'lone-surrogate', '/a\ufffd'],
])('%s is refused and pointed at', (text, code, pointer) => {
  expect(refusalOf(text)).toMatchObject({ status: 400, code, errors: [{ pointer }] });
  expect(refusalOf(text, '/query')).toMatchObject({ errors: [{ pointer: `/query${pointer}` }] });
});

test.each(['{"__proto__":{"a":1}}', '{"a":[{"constructor":{"prototype":1}}]}'])('%s is refused as poison', (text) => {
  expect(refusalOf(text)).toMatchObject({ status: 400, code: 'malformed-json' });
});

test.each(['{"constructor":{"a":1}}', '{"prototype":1}', '{"constructor":{"a":{"prototype":1}}}'])(
  '%s is harmless',
  (text) => expect(refusalOf(text)).toBeNull(),
);
