import { expect, test } from 'vitest';
import { mergeHeaders } from './merge-headers.ts';

const before = { 'X-A': '1', 'X-B': '2' };
test.each([
  [{}, before],
  [{ 'X-A': '9' }, { 'X-A': '9', 'X-B': '2' }],
  [{ 'X-A': null }, { 'X-B': '2' }],
  [{ 'x-a': '9' }, { 'x-a': '9', 'X-B': '2' }],
  [
    { 'x-b': null, 'X-C': '3' },
    { 'X-A': '1', 'X-C': '3' },
  ],
  [{ 'X-C': null }, before],
  [
    { 'x-c': '1', 'X-C': '2' },
    { ...before, 'X-C': '2' },
  ],
])('%j into what there was gives %j', (patch, after) => {
  expect(JSON.stringify(mergeHeaders(before, patch))).toBe(JSON.stringify(after));
});
test('two that were the same in another case become one when it is named', () => {
  expect(mergeHeaders({ 'X-A': '1', 'x-a': '2' }, { 'x-A': '3' })).toEqual({ 'x-A': '3' });
});
