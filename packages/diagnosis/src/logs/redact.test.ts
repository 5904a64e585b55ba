import { expect, test } from 'vitest';
import { redactLine } from './redact.ts';

test.each([
  ['"GET /cart?token=s3cret HTTP/1.1"', '"GET /cart?[redacted] HTTP/1.1"'],
  ['"GET /cart?ids=1,2&pin=1234 HTTP/1.1"', '"GET /cart?[redacted] HTTP/1.1"'],
  [`"GET /q?a=(b)'c'<d>e&pin=1234 HTTP/1.1"`, '"GET /q?[redacted] HTTP/1.1"'],
  [`script '/x.php?pin=1234' not found`, `script '/x.php?[redacted]' not found`],
  ['{"uri":"/x?pin=1234","status":502}', '{"uri":"/x?[redacted]","status":502}'],
  ['(see /x?pin=1234), then', '(see /x?[redacted]), then'],
])('a query string is taken out to its end, and nothing after it: %s', (line, told) => {
  expect(redactLine(line, null)).toBe(told);
});
