import { expect, test } from 'vitest';
import { guessUrl } from './guess-url.ts';
import { completeUrl, urlFault } from './monitor-values.ts';

test.each([
  ['ada@lighthouse.dev', 'https://lighthouse.dev/'],
  ['ada@mail.lighthouse.co.uk', 'https://mail.lighthouse.co.uk/'],
  ['ada@gmail.com', null],
  ['ada@GMX.de', null],
  ['ada@hotmail.fr', null],
  ['ada@yahoo.co.jp', null],
  ['ada@live.lighthouse.dev', 'https://live.lighthouse.dev/'],
  ['ada@live-music.dev', 'https://live-music.dev/'],
  ['ada@intranet', null],
])('the site guessed from %s is %s', (email, url) => expect(guessUrl(email)).toBe(url));

test.each([
  [' example.com ', 'https://example.com'],
  ['example.com:8080/x', 'https://example.com:8080/x'],
  ['http://example.com', 'http://example.com'],
  ['ftp://example.com', 'ftp://example.com'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
])('what is typed as %s is meant as %s', (typed, url) => expect(completeUrl(typed)).toBe(url));

test.each(['', 'ftp://example.com', 'javascript:alert(1)', 'https://a:b@example.com/', 'https://'])(
  '%j is refused before anything is sent',
  (typed) => expect(urlFault(typed)).not.toBeNull(),
);
