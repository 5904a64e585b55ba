import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confirmMail, harmless } from './confirm-mail.ts';

test.each([
  ['Acme Inc.', 'Acme Inc.'],
  ['Your prize: https://evil.example/win', 'Your prize: https: evil. example/win'],
  ['www.evil.example', 'www. evil. example'],
  ['evil。example', 'evil. example'],
  ['me@evil.example', 'me at evil. example'],
  ['two\nlines', 'two lines'],
])('a name like %j is written %j', (name, written) => expect(harmless(name)).toBe(written));

test('no name becomes a link in the mail', () => {
  const pieces = fc.constantFrom('http', ':', '/', '//', '.', '..', 'evil', 'example', '@', '。', ' ', 'www', '\n');
  fc.assert(
    fc.property(
      fc.array(pieces).map((parts) => parts.join('')),
      (name) => {
        const text = harmless(name);
        expect(text).not.toMatch(/:\/\/|[.\u3002\uff0e\uff61][^\s.…]|@/u);
      },
    ),
  );
});

test('it says who asks, how to agree, and how to be left alone', () => {
  const { text } = confirmMail({
    to: 'ops@example.com',
    channelId: 'c1',
    organisation: { id: 'o1', name: 'Shop' },
    by: 'Ann',
    link: 'https://watch.test/l/yes',
    leaveLink: 'https://watch.test/l/never',
  });
  expect(text).toContain('Ann of Shop would like');
  expect(text.indexOf('/l/yes')).toBeLessThan(text.indexOf('/l/never'));
});
