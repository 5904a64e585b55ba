import { describe, expect, test } from 'vitest';
import { products } from '../products/all.ts';
import { explainStatus } from './explain-status.ts';
import { recogniseWording, wordings } from './wordings.ts';

test.each([
  ['502 Bad Gateway', 502, null],
  ['502 Proxy Error', 502, 'apache'],
  ['Temporary Error (502)', 502, 'google-frontend'],
  ['HTTP Error 502', 502, null],
  ['HTTP Error 502 - Bad Gateway', 502, null],
  ['502 Server Error: The server encountered a temporary error and could not complete your request.', 502, null],
  [
    'Error: Server Error\nThe server encountered a temporary error and could not complete your request.',
    502,
    'google-lb',
  ],
  ['502. That’s an error.', 502, 'google-frontend'],
  ['Bad gateway Error code 502', 502, 'cloudflare'],
  ['Web server is down Error code 521', 521, 'cloudflare'],
  ['Error 522: Connection timed out', 522, null],
  ['A timeout occurred Error code 524', 524, 'cloudflare'],
  ['error code: 502', 502, 'cloudflare'],
  ['502 Server Error: Bad Gateway for url: https://shop.example/', 502, null],
  ['Request failed with status code 504', 504, null],
  ['The remote server returned an error: (502) Bad Gateway.', 502, null],
  ['HTTP/1.1 502', 502, null],
  ['Proxy Error\nThe proxy server received an invalid response from an upstream server.', 502, 'apache'],
  ['Application error\nAn error occurred in the application and your page could not be served.', 503, 'heroku'],
  ['503 Service Unavailable\nNo server is available to handle this request.', 503, 'haproxy'],
  ['Error 503 Backend fetch failed\nBackend fetch failed\nGuru Meditation:\nXID: 3', 503, 'varnish'],
  ['504 Gateway Time-out', 504, null],
  ['Gateway Timeout', 504, null],
  ['500 Internal Server Error', 500, null],
  ['Error establishing a database connection', 500, null],
  ['This page isn’t working: HTTP ERROR 500', 500, null],
  ['429 Too Many Requests', 429, null],
  ['502', 502, null],
])('“%s”', (text, status, product) => {
  expect(recogniseWording(text)).toMatchObject({ status, product });
});
test.each(['', 'Welcome to our shop', 'Room 502 is on the fifth floor', 'error code: 1020', 'call 503 555 0100'])(
  '“%s” says no status',
  (text) => {
    expect(recogniseWording(text)).toBeNull();
  },
);
test('whose wording it is, is a product that is known', () => {
  const ids = products.map(({ id }) => id);
  expect(wordings.flatMap(({ product }) => (product === null || ids.includes(product) ? [] : [product]))).toEqual([]);
});

describe('statuses are told apart in words', () => {
  const all = [500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530];
  test('each in its own', () => {
    expect(new Set(all.map((status) => explainStatus(status)?.what)).size).toBe(all.length);
  });
  test('502 is a broken answer, 504 none in time, 500 the application’s own', () => {
    expect(explainStatus(502)?.what).toContain('broken answer');
    expect(explainStatus(504)?.what).toContain('no answer in time');
    expect(explainStatus(500)?.what).toContain('application');
  });
  test('no error is not explained', () => expect(explainStatus(200)).toBeNull());
});
