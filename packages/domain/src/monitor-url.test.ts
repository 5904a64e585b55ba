import { expect, test } from 'vitest';
import { expectsStatus } from './expected-statuses.ts';
import { parseMonitorUrl } from './monitor-url.ts';

test.each([
  ['https://example.com/', null],
  ['http://example.com:8080/a?b=c#d', null],
  ['https://münchen.example/ä', null],
  ['http://[2001:db8::1]/', null],
  ['ftp://example.com/', 'url-scheme'],
  ['javascript:alert(1)', 'url-scheme'],
  ['file:///etc/passwd', 'url-scheme'],
  ['https://user:secret@example.com/', 'url-credentials'],
  ['https://user@example.com/', 'url-credentials'],
  ['https://', 'url-no-host'],
  ['http:///path', 'url-no-host'],
  ['http://:80/', 'url-no-host'],
  ['http://?x', 'url-no-host'],
  ['example.com', 'url-invalid'],
  ['', 'url-invalid'],
  ['https://exa mple.com/', 'url-invalid'],
  ['https://example.com/\u0000', 'url-invalid'],
  ['https://example.com/\n', 'url-invalid'],
  ['http://256.256.256.256/', 'url-invalid'],
  [`https://example.com/${'a'.repeat(2_029)}`, 'url-too-long'],
  [`https://example.com/${'a'.repeat(2_028)}`, null],
  [`https://example.com/${'ä'.repeat(1_000)}`, 'url-too-long'],
])('%s is judged %s', (text, fault) => {
  const parsed = parseMonitorUrl(text);
  expect(parsed.ok ? null : parsed.fault).toBe(fault);
});

test.each([
  ['200-399', 204, true],
  ['200-399', 400, false],
  ['200,301-302', 302, true],
  ['200,301-302', 300, false],
  ['404', 404, true],
])('%s expects %i: %s', (expected, status, answer) => expect(expectsStatus(expected, status)).toBe(answer));
