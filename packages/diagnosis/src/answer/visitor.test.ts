import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseOf, failing, nginxPage } from '../case.fixture.ts';
import { causes } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import { products } from '../products/all.ts';
import { visitorSentence } from './visitor.ts';

const names = [
  ...products.flatMap(({ id, name }) => [id, name]),
  'nginx',
  'PHP',
  'Apache',
  'Node',
  'WordPress',
  'Docker',
];
/** What is left when the monitor's own host is taken out. */
const rest = (sentence: string, host: string): string =>
  sentence.startsWith(host) ? sentence.slice(host.length) : sentence;
const leaks = (sentence: string): boolean =>
  /\d|\/|\\|:|[a-z0-9-]\.[a-z0-9]|[<>{}$`]/iu.test(sentence) ||
  names.some((name) =>
    new RegExp(`(?:^|[^a-z])${name.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}(?:[^a-z]|$)`, 'iu').test(sentence),
  );

test.each(causes)('%s is one calm sentence that leaks nothing', (cause) => {
  const sentence = visitorSentence(cause, 'shop.example');
  expect(sentence).toMatch(/^shop\.example [^.]+\.$/u);
  expect(leaks(rest(sentence, 'shop.example'))).toBe(false);
});

test('whatever a product, a page or a host is, only the monitor’s host is named, and no address', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((ip) => `[${ip}]`),
    fc.constantFrom('10.0.0.1', '0x7f.1', '127.1', 'a/b', 'nginx 1.2', '<b>x</b>', '', 'x'.repeat(300)),
    fc.string(),
  );
  fc.assert(
    fc.property(
      host,
      fc.constantFrom(...products),
      fc.constantFrom(500, 502, 503, 504, 521, 404, 200),
      fc.string(),
      (named, product, status, words) => {
        const seen = caseOf(
          {
            ...failing(status, 3, { headers: [['Server', product.name]], body: nginxPage(words) }),
            url: `https://${words}/secret/path`,
          },
          { host: named },
        );
        const { visitor } = diagnose(seen);
        const own = /^(?=.*[a-z])[a-z0-9._-]+$/iu.test(named) && visitor.startsWith(`${named} `) ? named : 'This site';
        expect(visitor.startsWith(`${own} `)).toBe(true);
        expect(leaks(rest(visitor, own))).toBe(false);
        expect(visitor).not.toMatch(/\b\d{1,3}(?:\.\d{1,3}){3}\b|secret/u);
      },
    ),
  );
});

test('causes of different kinds are told differently', () => {
  const said = (cause: (typeof causes)[number]): string => visitorSentence(cause, 'a.example');
  const kinds = [
    'origin-not-listening',
    'gateway-down',
    'maintenance',
    'origin-saturated',
    'not-found',
    'certificate-expired',
    'slow',
    'healthy',
  ] as const;
  expect(new Set(kinds.map(said)).size).toBe(kinds.length);
});
