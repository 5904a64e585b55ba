import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseOf, failing, nginx502 } from '../case.fixture.ts';
import type { Case } from '../case.ts';
import { type Cause, causeFacts, causes } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import type { RankedCause } from '../diagnosis.ts';
import { factsOf } from '../facts.ts';
import { products } from '../products/all.ts';
import { advise } from './advise.ts';
import { helpOf } from './causes/all.ts';
import { logOf } from './log.fixture.ts';
import { helpedProducts, productHelp } from './products/all.ts';

const ranked = (...named: readonly (readonly [Cause, number])[]): readonly RankedCause[] =>
  named.map(([cause, confidence]) => ({
    cause,
    confidence,
    hop: causeFacts[cause].hop,
    words: causeFacts[cause].words,
  }));
const advised = (seen: Case, ...named: readonly (readonly [Cause, number])[]) =>
  advise(ranked(...named), factsOf(seen));
const typed = (seen: Case, cause: Cause): string =>
  advised(seen, [cause, 0.95])
    .firstFix.snippets.map(({ text }) => text)
    .join('\n');

describe('every cause has a first fix, a next check and a disproof', () => {
  test.each(causes)('%s', (cause) => {
    const { firstFix, nextCheck, disproof } = advised(caseOf(nginx502()), [cause, 0.9]);
    expect(firstFix.text.length).toBeGreaterThan(20);
    expect(nextCheck.text.length).toBeGreaterThan(30);
    expect(disproof).toMatch(/^If .+\.$/u);
    const anything = [firstFix.text, nextCheck.text, disproof, ...firstFix.snippets.map(({ text }) => text)].join('\n');
    expect(anything).not.toMatch(
      /(?<![%$"'\w.}]|\{)\{(?:target|port|socket|origin|fpm|url|host|hostport|since|until|moment)\}/u,
    );
    // No two causes are answered alike.
    expect(causes.filter((each) => helpOf[each].fix === helpOf[cause].fix)).toEqual([cause]);
  });
  test('what breaks at the origin comes with something to type', () => {
    const mute = causes.filter(
      (cause) => causeFacts[cause].hop === 'origin' && typed(caseOf(nginx502()), cause) === '',
    );
    expect(mute).toEqual([]);
  });
});

test('the products that are helped are products that are recognised, and the common ones are among them', () => {
  const ids = products.map(({ id }) => id);
  expect(helpedProducts.filter((id) => !ids.includes(id))).toEqual([]);
  const common = [
    'nginx',
    'apache',
    'haproxy',
    'varnish',
    'caddy',
    'squid',
    'lighttpd',
    'cloudflare',
    'aws-alb',
    'heroku',
    'vercel',
  ];
  expect(common.filter((id) => productHelp(id) === null)).toEqual([]);
});

describe('nginx before PHP-FPM, whose log was read', () => {
  const seen = caseOf(nginx502(), { log: logOf('origin-not-listening', 'unix:/run/php/php8.2-fpm.sock:') });
  test('the unit, the target and what listens are named', () => {
    const commands = typed(seen, 'origin-not-listening');
    expect(commands).toContain('systemctl status php8.2-fpm');
    expect(commands).toContain('systemctl restart php8.2-fpm');
    expect(commands).toContain('nginx -T');
    expect(commands).toContain('ss -ltnp');
  });
  test('the socket is named where it matters', () => {
    expect(typed(seen, 'socket-permission')).toContain('namei -l /run/php/php8.2-fpm.sock');
    expect(typed(seen, 'socket-permission')).toContain('listen.owner');
  });
});

describe('the stack behind the gateway', () => {
  const behind = (upstream: string) => caseOf(nginx502(), { log: logOf('origin-closed-early', upstream) });
  const header = (name: string, value: string) => caseOf(failing(500, 30, { headers: [[name, value]], body: 'no' }));
  test.each([
    ['Node by its port', behind('127.0.0.1:3000'), 'origin-reset', 'keepAliveTimeout'],
    ['Node by its header', header('X-Powered-By', 'Express'), 'app-error', 'pm2'],
    ['PHP by its cookie', header('Set-Cookie', 'PHPSESSID=[redacted]; path=/'), 'app-error', 'display_errors'],
    ['PHP by its port', behind('127.0.0.1:9000'), 'origin-saturated', 'pm.max_children'],
    ['gunicorn by its socket', behind('unix:/run/gunicorn.sock'), 'origin-timeout', 'gunicorn --timeout'],
    ['gunicorn by its header', header('Server', 'gunicorn'), 'app-error', 'journalctl -u gunicorn'],
    [
      'WordPress by its page',
      caseOf(failing(500, 30, { body: '<p>There has been a critical error on this website.</p>' })),
      'app-error',
      'wp plugin deactivate',
    ],
    ['containers by a bare name', behind('app:8080'), 'origin-closed-early', 'OOMKilled'],
    [
      'Kubernetes by its service',
      behind('app.shop.svc.cluster.local:80'),
      'no-live-upstream',
      'kubectl get endpointslices',
    ],
  ] as const)('%s', (_, seen, cause, wanted) => {
    expect(typed(seen, cause)).toContain(wanted);
    expect(typed(caseOf(nginx502()), cause)).not.toContain(wanted);
  });
});

describe('the next check', () => {
  test('names the log of the product, the moment, and what separates the likeliest two', () => {
    const { nextCheck } = advised(caseOf(nginx502()), ['origin-not-listening', 0.4], ['origin-closed-early', 0.2]);
    expect(nextCheck.text).toContain('Several causes fit');
    expect(nextCheck.text).toContain('log of nginx at 2025-11-28 04:00:00 UTC');
    expect(nextCheck.text).toContain('(111: Connection refused)');
    expect(nextCheck.text).toContain('upstream prematurely closed');
    expect(nextCheck.snippets[0]?.text).toContain('/var/log/nginx/error.log');
  });
  test('the fix of a cause that does not stand out is told as that', () => {
    const fix = (confidence: number): string =>
      advised(caseOf(nginx502()), ['origin-not-listening', confidence], ['origin-closed-early', 0.2]).firstFix.text;
    expect(fix(0.4)).toMatch(/^If nothing listens .+ \(the likeliest of several, 40 %\): start /u);
    expect(fix(0.7)).toMatch(/^Start /u);
  });
  test('another rival is separated by another look', () => {
    const { nextCheck } = advised(caseOf(nginx502()), ['compression-or-length', 0.5], ['truncated-body', 0.4]);
    expect(nextCheck.snippets[0]?.text).toContain('Accept-Encoding: identity');
  });
  test('what a log has told needs no further look but the next one', () => {
    const seen = caseOf(nginx502(), { log: logOf('origin-not-listening', '127.0.0.1:3000') });
    expect(advised(seen, ['origin-not-listening', 0.99]).nextCheck.text).toContain('Once it is mended');
    expect(advised(seen, ['origin-reset', 0.99]).nextCheck.text).not.toContain('Once it is mended');
  });
});

test('nothing that an attacker wrote can be pasted into a shell', () => {
  const evil = fc.oneof(
    fc.constantFrom(
      '127.0.0.1:80; rm -rf /',
      'unix:/run/$(id).sock',
      "a'b:80",
      'unix:/run/../etc/x y',
      '`id`:80',
      'host\n:80',
      '-oProxyCommand=x:80',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(evil, evil, fc.constantFrom(...causes), (upstream, path, cause) => {
      const seen = caseOf(
        { ...nginx502(), url: `https://shop.example/${path}` },
        { host: path, log: logOf(cause, upstream) },
      );
      const plain = caseOf(
        { ...nginx502(), url: 'https://shop.example/' },
        { host: 'shop.example', log: logOf(cause, null) },
      );
      const shape = (text: string): string =>
        text
          .replaceAll(/https:\/\/shop\.example[A-Za-z0-9._~/-]*/gu, 'URL')
          .replaceAll(
            /[\w.[\]:-]+:(?:\d{1,5}|PORT)|\/[\w./-]+\.sock|php[\d.*]*-fpm[\w.']*|'|\bPORT\b|\b\d{1,5}\b/gu,
            '',
          );
      // Whatever comes in, a command has the same words, or those of a known stack.
      const safe = /^[\x20-\x7e\n‘’“”…]*$/u;
      for (const { text } of advised(seen, [cause, 0.9]).firstFix.snippets) {
        expect(text).toMatch(safe);
        expect(text).not.toMatch(/rm -rf|\$\(id\)|`id`|ProxyCommand/u);
      }
      if (upstream.includes(' ') || upstream.includes('$'))
        expect(shape(typed(seen, cause))).toBe(shape(typed(plain, cause)));
    }),
  );
});

test('the diagnosis carries the advice', () => {
  const { firstFix, nextCheck, disproof } = diagnose(caseOf(nginx502()));
  expect(firstFix.snippets.length).toBeGreaterThan(0);
  expect(nextCheck.text).toContain('nginx');
  expect(disproof).not.toBe('');
});
