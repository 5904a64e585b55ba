import { expect, test } from 'vitest';
import { served } from '../../served.ts';

test('what the server answers by itself is never answered with the kept dashboard, and a page always is', () => {
  const own = ['/v1/monitors', '/openapi.json', '/docs', '/docs/index.html', '/healthz', '/readyz', '/metrics'];
  expect(own.filter((path) => !served.test(path))).toEqual([]);
  expect(['/', '/monitors', '/v1beta', '/documents', '/healthy'].filter((path) => served.test(path))).toEqual([]);
});
