import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutEscaped, cutLines, escapeHtml, isBlank, isLinkable, withoutSecrets } from './plain-text.ts';

const asIs = (text: string): string => text;
const decoded = (html: string): string =>
  html.replace(
    /&(?:amp|lt|gt|quot|#39);/gu,
    (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity] ?? '',
  );
const texts = fc.string({ unit: fc.constantFrom('a', '&', '<', '"', '😀', ' '), maxLength: 60 });

test('what is cut before it is escaped fits, halves nothing, and keeps as much as there is room for', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 60 }), (text, max) => {
      const written = cutEscaped(text, max, escapeHtml);
      expect(written.length).toBeLessThanOrEqual(max);
      const shown = decoded(written);
      if (escapeHtml(text).length <= max) {
        expect(shown).toBe(text);
        return;
      }
      expect(shown.endsWith('…')).toBe(true);
      expect(text.startsWith(shown.slice(0, -1))).toBe(true);
      expect(shown.isWellFormed()).toBe(true);
      expect(written.length).toBeGreaterThan(max - 8);
    }),
  );
});

test('lines that do not fit are counted, and the rest fits', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 30 }), fc.integer({ min: 40, max: 400 }), (lines, max) => {
      const written = cutLines(lines, max, escapeHtml);
      expect(written.length).toBeLessThanOrEqual(max);
      const left = /(?:^|\n)… and (\d+) more$/u.exec(written);
      const kept = decoded(written).split('\n');
      expect(left === null ? kept.length : kept.length - 1 + Number(left[1])).toBe(lines.length);
    }),
  );
  expect(cutLines(['a', 'b', 'c'], 5, asIs)).toBe('a\nb\nc');
  expect(cutLines(['one'.repeat(5), 'b', 'c'], 16, asIs)).toBe('on…\n… and 2 more');
});

test.each([
  ['', true],
  [' \u00a0\u200b\ufeff\u2800\u3164', true],
  ['\u0000\n', true],
  [' .', false],
  ['😀', false],
])('%j shows nothing: %s', (text, blank) => expect(isBlank(text)).toBe(blank));

test.each([
  ['https://watch.example/a', true],
  ['http://10.0.0.1:8080/', true],
  ['http://[::1]/', true],
  ['http://localhost:8080/', false],
  ['http://farwatch/', false],
  ['ftp://watch.example/', false],
  ['no URL', false],
])('%s is taken for a link: %s', (url, is) => expect(isLinkable(url)).toBe(is));

test('parts of secrets go, wherever and in whatever form they stand; short words stay', () => {
  const secrets = ['/services/T00000000/B00000000/QqWwEeRrTtYy'];
  expect(withoutSecrets('services: QqWwEeRrTtYy, %2FT00000000%2F', secrets)).toBe('services: …, %2F…%2F');
});
